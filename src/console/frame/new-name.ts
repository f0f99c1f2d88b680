// Marks the field of the name when IAM refuses a new name. IAM's own message has AWS's words, and is about a parameter.
import { nameFault } from '../../iam/names.ts'
import { isProblem, Problem } from '../../problem.ts'

/**
 * @param typed the kind of thing, the field of the form, and what was typed there
 * @throws Problem of `make`, with the field when it is about the name
 */
export async function withNewName<T>(
  typed: { readonly kind: Parameters<typeof nameFault>[0]; readonly field: string; readonly name: string },
  make: () => Promise<T>,
): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (!isProblem(error, 'conflict', 'validation')) throw error
    const message = error.code === 'conflict' ? 'is taken' : nameFault(typed.kind, typed.name)
    if (message === undefined) throw error
    throw new Problem(error.code, error.message, { fields: [{ field: typed.field, message }], cause: error })
  }
}
