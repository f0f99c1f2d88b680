// POST /v1/revocations: take back sessions before their end. `{ "scope": "role", "value": "AROA…" }` ends every session of the
// role that was issued until now; other scopes are one session (`jti`), a source identity, a user and a client. Who may, and
// what it does, is sts/revoke.ts.
import type { Context } from 'koa'
import { Problem } from '../problem.ts'
import type { RevocationScope, Revoke } from '../sts/revoke.ts'
import { jsonObject, onlyKnown, textField } from './input.ts'
import type { Authenticate } from './signed.ts'

export interface RevokePorts {
  readonly authenticate: Authenticate
  readonly revoke: Revoke
}

const scopes: readonly RevocationScope[] = ['role', 'session', 'source-identity', 'user', 'client']
const largestBody = 4096

export const revoke =
  (ports: RevokePorts) =>
  async (ctx: Context): Promise<void> => {
    const signed = await ports.authenticate(ctx, largestBody)
    const { scope, value } = parseInput(signed.body)
    const { before } = await ports.revoke(scope, value, signed.caller, signed.circumstances)
    ctx.set('cache-control', 'no-store')
    ctx.type = 'application/json'
    ctx.body = JSON.stringify({ scope, value, before })
  }

/** @throws Problem('invalid_input') */
function parseInput(body: Buffer): { readonly scope: RevocationScope; readonly value: string } {
  const fields = jsonObject(body)
  onlyKnown(fields, ['scope', 'value'])
  const scope = scopes.find((name) => name === fields['scope'])
  if (scope === undefined) throw new Problem('invalid_input', `\`scope\` must be one of ${scopes.join(', ')}`)
  return { scope, value: textField(fields, 'value', /^[^\0]{1,255}$/, `what names a ${scope}`) }
}
