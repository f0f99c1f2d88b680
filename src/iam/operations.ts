// The public methods of a class of use cases as functions, so that iam.ts can put the operations of several classes into one record.
import type { Call } from './caller.ts'

type UseCase = (call: Call, input: never) => Promise<unknown>

/** The public methods of `T`. The compiler refuses a class with any other public member, so that no operation can be left out. */
type Operations<T> = { readonly [Name in keyof T]: T[Name] extends UseCase ? T[Name] : never }

/** Each public method of the instance, bound to it. `#private` methods are not included. */
export function operationsOf<T extends Operations<T>>(useCases: T): Operations<T> {
  const prototype: object = Object.getPrototypeOf(useCases)
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor')
  const bound = names.map((name) => [name, Reflect.get(prototype, name).bind(useCases)])
  return Object.fromEntries(bound)
}
