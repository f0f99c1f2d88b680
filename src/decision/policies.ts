// GET /v1/policies?id=…&version=…: the current policies of a role, which verifiers compile and cache. `version` is the one
// named in the session's token, used only in logs; the response is always the current set, so that withdrawn permissions
// stop working at the verifier's next request. The ETag is the version; If-None-Match yields 304.
// GET /v1/policies?user=…: the current policies of a user, for the user's own temporary credentials and federated users. It is not
// `id`, because verifiers that do not know such sessions would evaluate them as sessions of a role.
// GET /v1/policies?arn=…: the current version of a managed policy used as a session policy; no document when it was
// deleted.
// GET /v1/policies?hash=…: session policies that were too long for the token, by the hash in the token.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { PrincipalOf } from './authzen-subject.ts'
import { queryValue } from './input.ts'
import type { Authorize, LongPolicyOf, ManagedPolicyOf, Signed } from './ports.ts'
import type { Authenticate } from './signed.ts'

export interface PoliciesPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly policiesOf: PrincipalOf
  readonly longPolicyOf: LongPolicyOf
  readonly managedPolicyOf: ManagedPolicyOf
}

export const policies =
  (ports: PoliciesPorts) =>
  async (ctx: Context): Promise<void> => {
    const signed = await ports.authenticate(ctx, 0)
    const { accountId } = signed.caller
    const hash = queryValue(ctx, 'hash')
    const arn = queryValue(ctx, 'arn')
    if (hash !== undefined) await giveLong(ctx, ports, signed, accountId, hash)
    else if (arn !== undefined) await respondManagedPolicy(ctx, ports, signed, arn)
    else await givePrincipal(ctx, ports, signed, accountId)
  }

async function givePrincipal(
  ctx: Context,
  ports: PoliciesPorts,
  signed: Signed,
  accountId: string,
): Promise<void> {
  const user = queryValue(ctx, 'user')
  const kind = user === undefined ? 'role' : 'user'
  const id = user ?? queryValue(ctx, 'id') ?? ''
  if (!(kind === 'user' ? /^AIDA[A-Z0-9]{2,124}$/ : /^A[A-Z0-9]{2,127}$/).test(id))
    throw new Problem(
      'invalid_input',
      '`id` must be the unique id of a role, or `user` the unique id of a user',
    )
  await ports.authorize(signed, 'decision:GetPolicies', policiesArn(accountId, id))
  const found = await ports.policiesOf({ kind, id })
  // Roles and users of other accounts are not found (docs/attacks.md 16).
  if (found?.accountId !== accountId || found.disabled)
    throw new Problem('not_found', `there is no ${kind} \`${id}\``)
  respond(ctx, {
    id,
    version: found.version,
    documents: found.identity,
    boundary: found.boundary ?? null,
    guardrails: found.guardrails ?? null,
    tags: found.tags.map(({ key, value }) => [key, value]),
  })
}

/** A managed policy of another account is treated as deleted: it allows nothing. */
async function respondManagedPolicy(
  ctx: Context,
  ports: PoliciesPorts,
  signed: Signed,
  arn: string,
): Promise<void> {
  if (!/^arn:aws:iam::(?:\d{12}|aws):policy\/[!-~]{1,640}$/.test(arn))
    throw new Problem('invalid_input', '`arn` must be the ARN of a managed policy')
  const { accountId } = signed.caller
  await ports.authorize(signed, 'decision:GetPolicies', policiesArn(accountId, arn))
  const policy = await ports.managedPolicyOf(accountId, arn)
  respond(ctx, {
    id: arn,
    version: policy?.version ?? 'deleted',
    documents: policy === undefined ? [] : [{ name: arn, document: policy.document }],
    boundary: null,
    tags: [],
  })
}

/** Responds with the bundle, or 304 when the verifier already has this version. */
function respond(
  ctx: Context,
  bundle: Readonly<Record<string, unknown>> & { readonly version: string },
): void {
  ctx.set('cache-control', 'private, no-cache')
  ctx.set('etag', `"${bundle.version}"`)
  if (matches(ctx.get('if-none-match'), bundle.version)) {
    ctx.status = 304
    return
  }
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(bundle)
}

async function giveLong(
  ctx: Context,
  ports: PoliciesPorts,
  signed: Signed,
  accountId: string,
  hash: string,
): Promise<void> {
  if (!/^[\w-]{43}$/.test(hash)) throw new Problem('invalid_input', '`hash` must be a SHA-256 in base64url')
  await ports.authorize(signed, 'decision:GetPolicies', policiesArn(accountId, hash))
  const text = await ports.longPolicyOf(accountId, hash)
  if (text === undefined) throw new Problem('not_found', 'there are no such session policies')
  ctx.set('cache-control', 'private, max-age=43200, immutable')
  ctx.type = 'application/json'
  ctx.body = text
}

const policiesArn = (accountId: string, name: string): string =>
  `arn:aws:decision::${accountId}:policies/${name}`

/** RFC 9110 §13.1.2: weak comparison with any entry of the list. */
const matches = (header: string, version: string): boolean =>
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === `"${version}"`)
