// Turns events of the provider into audit entries, durable before the request they happened in is answered. Anybody can
// cause refusals, so each address has a limited number of entries.
import { userArn } from '../iam/arn.ts'
import type { Trail } from '../iam/audit/with-audit.ts'
import type { EpochSeconds, User } from '../store/records.ts'
import type { Refusals } from '../sts/refusals.ts'
import { jwtBearerGrant, tokenExchangeGrant } from './clients/settings.ts'
import type { OidcEvent } from './events.ts'

type Entry = Parameters<Trail['record']>[0]

export interface AuditWriterDependencies {
  readonly trail: Trail
  readonly findUser: (userId: string) => Promise<User | undefined>
  readonly now: () => EpochSeconds
  readonly refusals: Refusals
}

const actions = {
  authorized: 'oidc:Authorize',
  authorization_refused: 'oidc:Authorize',
  consented: 'oidc:Consent',
  access_refused: 'oidc:SignIn',
  withdrawn: 'oidc:WithdrawConsent',
  token_issued: 'oidc:IssueToken',
  token_refused: 'oidc:IssueToken',
  client_registered: 'oidc:RegisterClient',
  signed_out: 'oidc:SignOut',
  refresh_reused: 'oidc:RefreshTokenReused',
  logout_delivered: 'oidc:TellOfSignOut',
  logout_undelivered: 'oidc:TellOfSignOut',
} as const satisfies Record<OidcEvent['what'], string>

const outcomes = {
  authorized: 'done',
  authorization_refused: 'refused',
  consented: 'done',
  access_refused: 'denied',
  withdrawn: 'done',
  token_issued: 'done',
  token_refused: 'refused', // unless `byError` has another
  client_registered: 'done',
  signed_out: 'done',
  refresh_reused: 'refused',
  logout_delivered: 'done',
  logout_undelivered: 'failed',
} as const satisfies Record<OidcEvent['what'], Entry['outcome']>

/** OAuth errors that are not a refusal (RFC 6749 §4.1.2.1). `error` of an event may have a detail after it. */
const byError: ReadonlyMap<string, Entry['outcome']> = new Map([
  ['access_denied', 'denied'],
  ['server_error', 'failed'],
  ['temporarily_unavailable', 'failed'],
])

const outcomeOf = ({ what, error }: OidcEvent): Entry['outcome'] =>
  byError.get(error?.split(' ', 1)[0] ?? '') ?? outcomes[what]

const exchanges = new Set<string>([tokenExchangeGrant, jwtBearerGrant])

/** Writes events to the audit trail, durable when it resolves. @throws Problem('unavailable') when that fails */
export function auditEventWriter(deps: AuditWriterDependencies): (event: OidcEvent) => Promise<void> {
  return async (event) => {
    // sts/ has already audited an exchange that succeeded, with more detail.
    if (event.what === 'token_issued' && exchanges.has(event.grantType ?? '')) return
    if (event.what !== 'token_refused' && event.what !== 'authorization_refused') return write(deps, event)
    // A request that failed because the store is away is no refusal, and waiting for the trail would only delay the answer.
    if (event.error?.startsWith('temporarily_unavailable')) return logRefusal(deps, event)
    const admitted = event.audited ? undefined : deps.refusals.admit(event.sourceIp ?? '')
    if (!admitted) return
    // refusals.ts logs every refused authorization request.
    if (event.what === 'token_refused') logRefusal(deps, event)
    await write(deps, event, admitted.leftOut)
  }
}

function logRefusal({ refusals }: AuditWriterDependencies, event: OidcEvent): void {
  const { clientId, grantType, error, check, sourceIp, requestId } = event
  refusals.log({
    action: actions[event.what],
    check,
    who: clientId === undefined ? 'anonymous' : `client/${clientId}`,
    clientId,
    resource: grantType,
    reason: error ?? '',
    sourceIp: sourceIp ?? '',
    requestId: requestId ?? '',
  })
}

async function write(deps: AuditWriterDependencies, event: OidcEvent, leftOut = 0): Promise<void> {
  const at = deps.now()
  const user = event.userId === undefined ? undefined : await deps.findUser(event.userId)
  await deps.trail.record({
    at,
    action: actions[event.what],
    ...actorOf(event, user),
    resource: event.clientId === undefined ? undefined : `client/${event.clientId}`,
    outcome: outcomeOf(event),
    reason: event.error,
    requestId: event.requestId ?? '',
    sourceIp: event.sourceIp ?? '',
    userAgent: event.userAgent,
    details: {
      grantType: event.grantType,
      scope: event.scope,
      redirectUri: event.redirectUri,
      ...(event.policies?.length ? { policies: event.policies } : {}),
      check: event.check,
      ...(leftOut > 0 ? { leftOut } : {}),
    },
  })
}

function actorOf(event: OidcEvent, user: User | undefined): Pick<Entry, 'accountId' | 'who' | 'actor'> {
  const { userId, clientId } = event
  if (user) return { accountId: user.accountId, who: userArn(user), actor: { kind: 'user', id: user.id } }
  if (userId !== undefined) return { accountId: '', who: userId, actor: { kind: 'user', id: userId } }
  if (clientId !== undefined)
    return { accountId: '', who: `client/${clientId}`, actor: { kind: 'client', id: clientId } }
  return { accountId: '', who: 'anonymous', actor: { kind: 'anonymous' } }
}
