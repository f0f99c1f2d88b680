import type { german } from './de.ts'

/** The English text of a message, which is its name in the catalogues. */
export type Message = keyof typeof german
