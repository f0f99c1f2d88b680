// GET /v1/policies?id=…&version=…: the policies of a role as they are now, for verifiers to compile and keep. `version` is
// what the session's token names, a hint for logs; the answer is always the current set, so that what an administrator
// takes away is gone as soon as the verifier asks again. ETag is the version; If-None-Match gets 304.
// GET /v1/policies?arn=…: a managed policy that narrows a session, as it is now; no document when it was deleted.
// GET /v1/policies?hash=…: session policies too long for a token, by the hash that stands in it instead.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { PrincipalOf } from './authzen.ts'
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
    else if (arn !== undefined) await giveManaged(ctx, ports, signed, arn)
    else await giveRole(ctx, ports, signed, accountId, queryValue(ctx, 'id') ?? '')
  }

async function giveRole(
  ctx: Context,
  ports: PoliciesPorts,
  signed: Signed,
  accountId: string,
  id: string,
): Promise<void> {
  if (!/^A[A-Z0-9]{2,127}$/.test(id))
    throw new Problem('invalid_input', '`id` must be the unique id of a role')
  await ports.authorize(signed, 'decision:GetPolicies', policiesArn(accountId, id))
  const role = await ports.policiesOf({ kind: 'role', id })
  // Another account's roles do not exist here (attacks.md 16).
  if (role?.accountId !== accountId) throw new Problem('not_found', `there is no role \`${id}\``)
  give(ctx, {
    id,
    version: role.version,
    documents: role.identity,
    boundary: role.boundary ?? null,
    tags: role.tags.map(({ key, value }) => [key, value]),
  })
}

/** A policy of another account does not exist here, and allows nothing, as one that was deleted. */
async function giveManaged(ctx: Context, ports: PoliciesPorts, signed: Signed, arn: string): Promise<void> {
  if (!/^arn:aws:iam::(?:\d{12}|aws):policy\/[!-~]{1,640}$/.test(arn))
    throw new Problem('invalid_input', '`arn` must be the ARN of a managed policy')
  const { accountId } = signed.caller
  await ports.authorize(signed, 'decision:GetPolicies', policiesArn(accountId, arn))
  const policy = await ports.managedPolicyOf(accountId, arn)
  give(ctx, {
    id: arn,
    version: policy?.version ?? 'deleted',
    documents: policy === undefined ? [] : [{ name: arn, document: policy.document }],
    boundary: null,
    tags: [],
  })
}

/** Answers a bundle, or 304 when the verifier has its version already. */
function give(ctx: Context, bundle: Readonly<Record<string, unknown>> & { readonly version: string }): void {
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

/** RFC 9110 §13.1.2: weak comparison, any of a list. */
const matches = (header: string, version: string): boolean =>
  header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === `"${version}"`)
