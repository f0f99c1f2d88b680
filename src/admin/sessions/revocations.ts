// Revocations as the admin API has them: in force, what one would end, and made or lifted. The caller was authorized and the
// request is recorded by operation.ts.
import { accountOf } from '../../iam/arn.ts'
import type { Call } from '../../iam/caller.ts'
import type { People } from '../../iam/people/people.ts'
import type { PeopleChanges } from '../../iam/people/people-changes.ts'
import { Problem } from '../../problem.ts'
import {
  type RevocationScope,
  type Revocations,
  type RevokeRequest,
  revocationScopes,
} from '../../sts/operation/revoke.ts'

export interface RevocationEntry {
  readonly scope: string
  readonly value: string
  /** Epoch seconds; 0 after a lift. */
  readonly before: number
  readonly expiresAt: number
}

export interface RevocationEnding {
  readonly sessions: string
  readonly browserSessions: number
  readonly applications: readonly string[]
  /** What is revoked is not there. */
  readonly warning?: string
}

export interface RevocationDependencies {
  readonly list: (accountId: string) => Promise<readonly RevocationEntry[]>
  /** sts/operation/revoke.ts, without authorization and audit of its own. */
  readonly revocation: Revocations
  readonly people: Pick<People, 'find'>
  readonly peopleChanges: Pick<PeopleChanges, 'ending'>
  /** Whether what is named exists in the account; undefined where that is not known (iam/known-dependencies.ts). */
  readonly isKnown: (accountId: string, scope: RevocationScope, value: string) => Promise<boolean | undefined>
}

export type AdminRevocations = ReturnType<typeof openRevocations>

export const openRevocations = ({
  list,
  revocation,
  people,
  peopleChanges,
  isKnown,
}: RevocationDependencies) => ({
  list: async (call: Call): Promise<readonly RevocationEntry[]> =>
    (await list(accountOf(call.caller))).filter(({ before }) => before > 0),

  /** @throws Problem('validation') for a value that is not of the form of its scope */
  async ending(call: Call, { scope, value, offline = false }: RevokeRequest): Promise<RevocationEnding> {
    checkValue(scope, value)
    const sessions = `all sessions of this account that depend on ${scope} ${value}, and those made from them`
    const isMissing = (await isKnown(accountOf(call.caller), scope, value)) === false
    if (isMissing)
      return { sessions, browserSessions: 0, applications: [], warning: missingWarning(scope, value) }
    const person = scope === 'sign-in' ? await people.find(call, value) : undefined
    if (person === undefined) return { sessions, browserSessions: 0, applications: [] }
    const ends = await peopleChanges.ending(person, { is: 'signed-out', offline })
    return { sessions, browserSessions: ends.browserSessions, applications: ends.applications }
  },

  /** @returns epoch seconds: what was made before has ended */
  revoke: async (call: Call, request: RevokeRequest): Promise<number> =>
    (await revocation.revoke(request, call.caller, call.circumstances)).before,

  /** @returns epoch seconds: the instant that was revoked until now. @throws Problem('not_found') */
  async lift(call: Call, request: Pick<RevokeRequest, 'scope' | 'value'>): Promise<number> {
    checkValue(request.scope, request.value)
    return (await revocation.lift(request, call.caller, call.circumstances)).before
  },
})

const ofUser =
  'a name is not enough, because it may be given to another person: `chancery people get` shows the id'
/** Where the value is shown. */
const sources: Readonly<Partial<Record<RevocationScope, string>>> = {
  role: '`aws iam get-role` shows it as `RoleId`',
  user: ofUser,
  'sign-in': ofUser,
  password: ofUser,
  consent: ofUser,
  'browser-session': '`chancery people sessions` shows it',
  factor: '`chancery people factors` shows it',
}

const missingWarning = (scope: RevocationScope, value: string): string => {
  const source = sources[scope]
  return `nothing in this account is the ${revocationScopes[scope].value} \`${value}\` now: only what an earlier one left behind ends${source === undefined ? '' : `; ${source}`}`
}

function checkValue(scope: RevocationScope, value: string): void {
  const { form, value: wanted } = revocationScopes[scope]
  if (form.test(value)) return
  const source = sources[scope]
  const message = `must be the ${wanted}${source === undefined ? '' : `; ${source}`}`
  throw new Problem('validation', `\`value\` ${message}`, { fields: [{ field: 'value', message }] })
}
