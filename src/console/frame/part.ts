import { isProblem } from '../../problem.ts'
import { sentence } from './sentence.ts'

/**
 * A part of a page that the person may lack the right for: what it shows, or why it does not.
 * @throws what is no denial
 */
export async function part<T>(
  read: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly denied: string }> {
  try {
    return { value: await read() }
  } catch (error) {
    if (!isProblem(error, 'denied')) throw error
    return { denied: sentence(error.message) }
  }
}
