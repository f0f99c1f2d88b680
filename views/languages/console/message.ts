import type { Message } from '../message.ts'
import type { german } from './de.ts'

/** The English text of a message of the console, which is its name in the catalogues. Some are those of sign-in and account. */
export type ConsoleMessage = Message | Extract<keyof typeof german, string>
