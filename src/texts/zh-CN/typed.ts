// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const typed: Texts['typed'] = {
  noCommand: (name) => `没有“${name}”这个命令。`,
  thereAre: (names) => `可用的有：${names}。`,
  meant: (line) => `你想输入的是不是：${line}`,
  example: (line, help) => `例如：${line}。详见：${help}`,
  noOption: (command, option) => `“${command}”没有选项 ${option}。`,
  needsValue: (option) => `${option} 需要一个值。`,
  yesOrNo: (option, given) => `${option} 只能是 true 或 false，不能是“${given}”。`,
  wholeNumber: (option, given) => `${option} 必须是整数，不能是“${given}”。`,
  oneOf: (option, choices, given) => `${option} 只能是 ${choices} 之一，不能是“${given}”。`,
  unclear: (word) => `“${word}”是什么意思？`,
};
