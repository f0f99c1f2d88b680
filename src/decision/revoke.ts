// POST /v1/revocations ends sessions early: `{ "scope": "role", "value": "AROA…" }` ends every session that depends on this
// role and was issued until now, or until `before` (epoch seconds). With scope `sign-in` a user is signed out everywhere;
// `"offline": true` also ends applications with `offline_access`. DELETE with scope and value in the query lifts a
// revocation. sts/operation/revoke.ts authorizes and performs it.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import {
  type RevocationScope,
  type Revocations,
  type RevokeRequest,
  revocationScopeOf,
  revocationScopes,
} from '../sts/operation/revoke.ts'
import { jsonObject, onlyKnown, queryValue, textField } from './input.ts'
import type { Authenticate } from './signed.ts'

export interface RevokePorts {
  readonly authenticate: Authenticate
  readonly sessionRevocation: Revocations
}

const largestBody = 4096
const valueForm = /^[^\0]{1,512}$/

export const revoke =
  ({ authenticate, sessionRevocation }: RevokePorts) =>
  async (ctx: Context): Promise<void> => {
    const signed = await authenticate(ctx, largestBody)
    const request = parseBody(signed.body)
    const { before } = await sessionRevocation.revoke(request, signed.caller, signed.circumstances)
    answer(ctx, { scope: request.scope, value: request.value, before })
  }

export const liftRevocation =
  ({ authenticate, sessionRevocation }: RevokePorts) =>
  async (ctx: Context): Promise<void> => {
    const signed = await authenticate(ctx, 0)
    const scope = scopeIn(queryValue(ctx, 'scope'))
    const value = queryValue(ctx, 'value')
    if (value === undefined || !valueForm.test(value))
      throw new Problem('invalid_input', `\`value\` must be the ${revocationScopes[scope].value}`)
    const { before } = await sessionRevocation.lift({ scope, value }, signed.caller, signed.circumstances)
    answer(ctx, { scope, value, lifted: before })
  }

function answer(ctx: Context, body: object): void {
  ctx.set('cache-control', 'no-store')
  ctx.type = 'application/json'
  ctx.body = JSON.stringify(body)
}

/** @throws Problem('invalid_input') */
function parseBody(body: Buffer): RevokeRequest {
  const fields = jsonObject(body)
  onlyKnown(fields, ['scope', 'value', 'before', 'offline'])
  const scope = scopeIn(fields['scope'])
  const { before, offline } = fields
  if (before !== undefined && !(typeof before === 'number' && Number.isSafeInteger(before) && before > 0))
    throw new Problem('invalid_input', '`before` must be a whole number of seconds since 1970')
  if (offline !== undefined && typeof offline !== 'boolean')
    throw new Problem('invalid_input', '`offline` must be true or false')
  const value = textField(fields, 'value', valueForm, `the ${revocationScopes[scope].value}`)
  return { scope, value, before, offline }
}

function scopeIn(word: unknown): RevocationScope {
  const scope = revocationScopeOf(word)
  if (scope === undefined)
    throw new Problem('invalid_input', `\`scope\` must be one of ${Object.keys(revocationScopes).join(', ')}`)
  return scope
}
