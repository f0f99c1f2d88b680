import type { Problem } from '../../problem.ts'

/** The message as a sentence for people. */
export const sentence = (message: string): string => {
  const text = message.trim()
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`
}

/** What is wrong, as a sentence for people; of what there is not, without the command that lists what there is. */
export const problemText = ({ missing, message }: Problem): string => sentence(missing?.sentence ?? message)
