// Refuses passwords that are guessed easily, without asking anybody: zxcvbn's estimate with its list of common passwords,
// keyboards, dates and repetitions, and passwords that are little more than the user's own name or address.
import type { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secure/secret.ts'
import type { User } from '../../store/records.ts'

/** Guesses below 10^6 are refused: a million tries are feasible for a list of passwords against one account over months. */
const leastGuesses = 6
/** Characters that are estimated, because the cost grows with them. */
const estimated = 64
/** Characters that a password must have beside the user's own names. */
const leastBesideName = 6
/** A shorter part of a name may be in any word. */
const leastNamePart = 3

/** Loaded at first use: most processes never set a password. */
let loading: Promise<ZxcvbnFactory> | undefined

async function load(): Promise<ZxcvbnFactory> {
  const [core, common] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')])
  return new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
}

/** @throws Problem('password_policy_violation') */
export async function refuseGuessable(
  password: Secret,
  user: Pick<User, 'name'> & Partial<Pick<User, 'email' | 'displayName'>>,
): Promise<void> {
  const text = password.reveal().normalize('NFC')
  const names = namesOf(user)
  if (besideNames(text.toLowerCase(), names) < leastBesideName)
    throw new Problem('password_policy_violation', 'Password should not be made of the name of its user')
  loading ??= load()
  const estimate = (await loading).check(text.slice(0, estimated), [...names])
  if (estimate.guessesLog10 < leastGuesses)
    throw new Problem('password_policy_violation', 'Password is too easy to guess')
}

const namesOf = ({ name, email, displayName }: Parameters<typeof refuseGuessable>[1]): readonly string[] =>
  [name, email?.split('@')[0], displayName]
    .flatMap((text) => text?.toLowerCase().split(/[^\p{L}\p{N}]+/u) ?? [])
    .filter((part) => part.length >= leastNamePart)
    .toSorted((a, b) => b.length - a.length)

/** Characters that are left without the names. */
const besideNames = (text: string, names: readonly string[]): number =>
  [...names.reduce((rest, name) => rest.replaceAll(name, ''), text)].length
