// Made by machine; no native speaker has reviewed it.
import type { Texts } from '../index.ts';

export const builtInTopics: Texts['builtInTopics'] = {
  'language-models': {
    name: 'Sprachmodelle',
    meaning: 'Textmodelle selbst: Aufbau, Verhalten, Prompts, lange Kontexte, Sprachen',
  },
  reasoning: {
    name: 'Schlussfolgern',
    meaning: 'Mathematik, Logik, Gedankenketten, längeres Nachdenken zur Laufzeit',
  },
  agents: {
    name: 'Agenten',
    meaning: 'Agenten, Werkzeuge, Bedienen von Computern und Web, viele Agenten zusammen, tiefe Recherche',
  },
  multimodal: {
    name: 'Multimodales',
    meaning: 'Modelle, die mehreres von Text, Bild, Video und Ton lesen oder erzeugen',
  },
  vision: {
    name: 'Sehen',
    meaning: 'Erkennen, Auffinden, Segmentieren, Tiefe, Verfolgen, Restaurieren von Bildern',
  },
  'image-generation': {
    name: 'Bilderzeugung',
    meaning: 'Erzeugen und Bearbeiten von Bildern aus Text oder anderen Bildern',
  },
  video: { name: 'Videos', meaning: 'Erzeugen, Bearbeiten und Verstehen von Videos' },
  '3d': {
    name: '3D und Räume',
    meaning: 'Rekonstruktion und Erzeugung in drei Dimensionen, Splatting, Avatare, Szenen',
  },
  audio: { name: 'Ton', meaning: 'Sprache, Musik und andere Klänge' },
  robotics: { name: 'Robotik', meaning: 'verkörperte Modelle, Greifen, Navigieren, Fahren' },
  'reinforcement-learning': {
    name: 'Bestärkendes Lernen',
    meaning: 'Lernen aus Belohnungen und Vorlieben, Spiele',
  },
  code: {
    name: 'Programmieren',
    meaning: 'Schreiben, Reparieren und Beweisen von Programmen, Softwaretechnik, SQL',
  },
  retrieval: {
    name: 'Suche',
    meaning: 'Suche, Nachschlagen beim Erzeugen, Einbettungen, Empfehlungen',
  },
  efficiency: {
    name: 'Effizienz',
    meaning: 'Tempo, Speicher und Größe: Quantisierung, Beschneiden, Destillation, sparsame Attention',
  },
  training: {
    name: 'Trainieren',
    meaning: 'Vortraining, Daten, Feinabstimmung, Optimierer, Skalierungsgesetze, Verschmelzen',
  },
  safety: {
    name: 'Sicherheit',
    meaning: 'Ausrichtung, Angriffe, Verzerrungen, Privatsphäre, Wasserzeichen, Faktentreue, Verlernen',
  },
  evaluation: { name: 'Bewertung', meaning: 'Benchmarks, Messdatensätze, Maße, Modelle als Richter' },
  interpretability: {
    name: 'Deutbarkeit',
    meaning: 'was im Inneren von Modellen geschieht und warum sie funktionieren',
  },
  science: {
    name: 'Wissenschaft',
    meaning: 'Medizin, Biologie, Chemie, Physik und die anderen Wissenschaften',
  },
  'world-models': { name: 'Weltmodelle', meaning: 'Modelle von Welten, Simulatoren, spielbare Umgebungen' },
};
