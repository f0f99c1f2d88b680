// The identifiers (`sub`, `sid`, NameID, SessionIndex) by which a provider ends a sign-in, as lookup keys
// (iam/sign-in/sign-out-key.ts).
import { z } from 'zod'
import type { SignOutRequest, UpstreamPerson } from '../../federation/kind.ts'
import { signOutKey } from '../../iam/sign-in/sign-out-key.ts'
import type { SignOutNames, SignOutTarget } from '../../oidc/edge.ts'

export const signOutNamesSchema = z.strictObject({ subject: z.string(), session: z.string().optional() })

/** @param provider ARN */
export const signOutNames = (provider: string, named: UpstreamPerson['signOut']): SignOutNames | undefined =>
  named && {
    subject: signOutKey('subject', provider, named.subject),
    session: named.session === undefined ? undefined : signOutKey('session', provider, named.session),
  }

/** @param provider ARN */
export const signOutTarget = (
  provider: string,
  { subject, sessions }: Pick<SignOutRequest, 'subject' | 'sessions'>,
): SignOutTarget => ({
  subject: subject === undefined ? undefined : signOutKey('subject', provider, subject),
  sessions: sessions.map((session) => signOutKey('session', provider, session)),
})
