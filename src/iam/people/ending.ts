// What a change of a person ends, counted before it is made (docs/ends.md).
import { type Dependency, dependencyName } from '../../secure/session/session-dependencies.ts'
import type { EpochSeconds, User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

/** A browser session of a person. */
export interface BrowserSession {
  readonly sessionId: string
  /** `User-Agent` and address at the sign-in; undefined for sessions of earlier versions. */
  readonly browser: string | undefined
  readonly address: string | undefined
  /** When the person signed in, when the session was last used for an application, and when it ends by itself. */
  readonly authTime: EpochSeconds
  readonly lastUsed: EpochSeconds
  readonly expiresAt: EpochSeconds
  readonly amr: readonly string[]
  /** Client ids. */
  readonly clients: readonly string[]
  readonly dependencies: readonly Dependency[]
}

/** Reads the browser sessions and grants of people; oidc/edge.ts fulfils it. */
export interface SignInReader {
  /** Browser sessions, and grants of applications, with what each depends on. */
  signInsOf(userId: string): Promise<{
    readonly sessions: readonly BrowserSession[]
    readonly grants: readonly { readonly clientId: string; readonly dependencies: readonly Dependency[] }[]
  }>
}

/** What ends. Sessions of roles are not stored, so they cannot be counted. */
export interface Ending {
  readonly browserSessions: number
  /** Client ids of the applications whose tokens end. */
  readonly applications: readonly string[]
  /** Ids of access keys that no longer work. */
  readonly accessKeys: readonly string[]
  /** Which sessions of roles end, in words. */
  readonly roleSessions: string
}

export type EndingEvent =
  | { readonly is: 'user-ended' }
  | { readonly is: 'signed-out'; readonly offline: boolean }
  | { readonly is: 'password-replaced' }
  | { readonly is: 'browser-session-ended'; readonly sessionId: string }
  /** Serial numbers, with the one that stands for recovery codes. */
  | { readonly is: 'factors-removed'; readonly factors: readonly string[] }

const roleSessions = {
  'user-ended': 'all that were made from sign-ins, tokens and access keys of this person',
  'signed-out': 'all that were made from sign-ins and tokens of this person; access keys go on',
  'password-replaced': 'all that were made from sign-ins by the password; access keys go on',
  'browser-session-ended': 'all that were made from tokens of this browser session',
  'factors-removed': 'all that were made from sign-ins or codes by these factors',
} as const satisfies Record<EndingEvent['is'], string>

interface EndingDependencies {
  readonly store: Pick<Store, 'each'>
  readonly signIns: SignInReader
}

/** The same rules as those by which iam/ends.ts ends it. */
export async function endingOf(
  { store, signIns }: EndingDependencies,
  user: Pick<User, 'id'>,
  event: EndingEvent,
): Promise<Ending> {
  const { sessions, grants } = await signIns.signInsOf(user.id)
  const accessKeys: string[] = []
  if (event.is === 'user-ended')
    for await (const { id, status } of store.each('accessKey', { by: 'user', value: user.id }))
      if (status === 'Active') accessKeys.push(id)
  const ends = matcherOf(user.id, event)
  return {
    browserSessions: sessions.filter(({ dependencies }) => ends(dependencies)).length,
    applications: [
      ...new Set(grants.flatMap(({ clientId, dependencies }) => (ends(dependencies) ? [clientId] : []))),
    ].sort(),
    accessKeys,
    roleSessions: roleSessions[event.is],
  }
}

function matcherOf(userId: string, event: EndingEvent): (dependencies: readonly Dependency[]) => boolean {
  const on = (scope: Dependency['scope'], ...values: readonly string[]) => {
    const names = values.map((value) => dependencyName({ scope, value }))
    return (dependencies: readonly Dependency[]) =>
      dependencies.some((one) => names.includes(dependencyName(one)))
  }
  switch (event.is) {
    case 'user-ended':
      return () => true
    case 'signed-out':
      return event.offline ? () => true : on('sign-in', userId)
    case 'password-replaced':
      // Browser sessions end however they were signed in to.
      return (dependencies) =>
        dependencies.some(({ scope }) => scope === 'browser-session') || on('password', userId)(dependencies)
    case 'browser-session-ended':
      return on('browser-session', event.sessionId)
    case 'factors-removed':
      return on('factor', ...event.factors)
  }
}
