import type { Matrix } from './matrix.ts';

/** Weights of several yes-or-no questions over the same columns. */
export interface Model {
  /** Column by column, in each the questions in order. */
  weights: Float64Array;
  biases: Float64Array;
}

export interface Penalty {
  /** Half the square of each weight. */
  square: number;
  /** The size of each weight: drives what says little to zero. */
  size: number;
}

/**
 * Fits logistic regressions by accelerated proximal gradient (FISTA; Beck and Teboulle 2009), all questions at once.
 *
 * In: for each row and question a target from 0 to 1, row by row. The same input gives the same model.
 */
export function learn(matrix: Matrix, targets: Float64Array, penalty: Penalty, rounds: number): Model {
  const questions = targets.length / matrix.rows;
  const size = matrix.phrases.length * questions;
  const step = 1 / (0.25 * largestSquare(matrix) + penalty.square);
  const biasStep = 1 / (0.25 * matrix.rows);
  let model: Model = { weights: new Float64Array(size), biases: firstBiases(targets, questions) };
  let ahead: Model = { weights: model.weights.slice(), biases: model.biases.slice() };
  let momentum = 1;
  for (let round = 0; round < rounds; round += 1) {
    const errors = predict(matrix, ahead);
    for (let index = 0; index < errors.length; index += 1)
      errors[index] = (errors[index] as number) - (targets[index] as number);
    const next: Model = { weights: gradient(matrix, errors, questions), biases: ahead.biases.slice() };
    for (let index = 0; index < size; index += 1) {
      const before = ahead.weights[index] as number;
      const moved = before - step * ((next.weights[index] as number) + penalty.square * before);
      next.weights[index] = shrink(moved, step * penalty.size);
    }
    for (let index = 0; index < errors.length; index += 1) {
      const question = index % questions;
      next.biases[question] = (next.biases[question] as number) - biasStep * (errors[index] as number);
    }
    const larger = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    ahead = lookAhead(model, next, (momentum - 1) / larger);
    momentum = larger;
    model = next;
  }
  return model;
}

/** For each row and question how likely it is, row by row. */
export function predict({ rows, starts, columns, values }: Matrix, { weights, biases }: Model): Float64Array {
  const questions = biases.length;
  const sums = new Float64Array(rows * questions);
  for (let row = 0; row < rows; row += 1) {
    const base = row * questions;
    sums.set(biases, base);
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      const value = values[at] as number;
      const from = (columns[at] as number) * questions;
      for (let question = 0; question < questions; question += 1)
        sums[base + question] =
          (sums[base + question] as number) + value * (weights[from + question] as number);
    }
  }
  return sums.map((sum) => 1 / (1 + Math.exp(-sum)));
}

function gradient(matrix: Matrix, errors: Float64Array, questions: number): Float64Array {
  const { rows, starts, columns, values, phrases } = matrix;
  const sums = new Float64Array(phrases.length * questions);
  for (let row = 0; row < rows; row += 1) {
    const base = row * questions;
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
      const value = values[at] as number;
      const from = (columns[at] as number) * questions;
      for (let question = 0; question < questions; question += 1)
        sums[from + question] =
          (sums[from + question] as number) + value * (errors[base + question] as number);
    }
  }
  return sums;
}

/** The largest eigenvalue of the matrix times itself, by power iteration. */
function largestSquare({ rows, starts, columns, values, phrases }: Matrix): number {
  let vector = new Float64Array(phrases.length).fill(1 / Math.sqrt(phrases.length));
  let length = 1;
  for (let round = 0; round < 30; round += 1) {
    const next = new Float64Array(phrases.length);
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1)
        sum += (values[at] as number) * (vector[columns[at] as number] as number);
      for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
        const column = columns[at] as number;
        next[column] = (next[column] as number) + (values[at] as number) * sum;
      }
    }
    length = Math.hypot(...chunkNorms(next));
    vector = next.map((value) => value / length);
  }
  return length * 1.01;
}

/** `Math.hypot` takes no hundred thousand arguments. */
function chunkNorms(vector: Float64Array): number[] {
  const norms: number[] = [];
  for (let from = 0; from < vector.length; from += 10_000)
    norms.push(Math.hypot(...vector.subarray(from, from + 10_000)));
  return norms;
}

function firstBiases(targets: Float64Array, questions: number): Float64Array {
  const rows = targets.length / questions;
  const biases = new Float64Array(questions);
  for (const [index, target] of targets.entries())
    biases[index % questions] = (biases[index % questions] as number) + target / rows;
  return biases.map((share) => Math.log((share + 1e-3) / (1 - share + 1e-3)));
}

function shrink(value: number, by: number): number {
  if (value > by) return value - by;
  return value < -by ? value + by : 0;
}

function lookAhead(from: Model, to: Model, share: number): Model {
  const ahead = (one: Float64Array, other: Float64Array) =>
    other.map((value, index) => value + share * (value - (one[index] as number)));
  return { weights: ahead(from.weights, to.weights), biases: ahead(from.biases, to.biases) };
}
