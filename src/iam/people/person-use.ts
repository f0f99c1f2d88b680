// Second factors and last sign-in of the people on one page of a list, at a cost that is bounded for each of them.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EpochSeconds } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { Person } from './person.ts'

export const secondFactorKinds = ['totp', 'passkey'] as const

export interface PersonUse {
  /** Kinds of second factor that are set up; passkeys that were copied do not count. */
  readonly secondFactors: readonly (typeof secondFactorKinds)[number][]
  /** When a password, passkey or identity provider was last used to sign in; undefined: never. */
  readonly lastSignIn: EpochSeconds | undefined
}

/** Passkeys of one person that are read. */
const mostPasskeys = 10

/** People who are looked up at the same time, and in one turn of the event loop. */
const perTurn = 8

/** In the order of `people`. */
export async function usesOf(
  store: Pick<Store, 'find'>,
  people: readonly Person[],
): Promise<readonly PersonUse[]> {
  const uses: PersonUse[] = []
  for (let at = 0; at < people.length; at += perTurn) {
    if (at > 0) await nextTurn()
    uses.push(...(await Promise.all(people.slice(at, at + perTurn).map((one) => useOf(store, one)))))
  }
  return uses
}

async function useOf(store: Pick<Store, 'find'>, person: Person): Promise<PersonUse> {
  const lookup = { by: 'user', value: person.id } as const
  const [devices, passkeys] = await Promise.all([
    store.find('mfaDevice', lookup, { limit: 1 }),
    store.find('passkey', lookup, { limit: mostPasskeys }),
  ])
  const used = [
    person.passwordLastUsed,
    ...person.identities.map(({ lastUsed }) => lastUsed),
    ...passkeys.records.map(({ lastUsedAt }) => lastUsedAt),
  ].filter((one) => one !== undefined)
  return {
    secondFactors: [
      ...(devices.records.length > 0 ? (['totp'] as const) : []),
      ...(passkeys.records.some(({ copiedAt }) => copiedAt === undefined) ? (['passkey'] as const) : []),
    ],
    lastSignIn: used.length === 0 ? undefined : Math.max(...used),
  }
}
