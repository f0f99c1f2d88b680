// Authenticates SCIM clients: by a SCIM token, or as callers of the admin API (SigV4, access tokens).
import type { Context } from 'koa'
import type { Call } from '../../iam/caller.ts'
import type { ScimTokens } from '../../iam/people/scim-tokens.ts'
import { readBody } from '../../web/request/body.ts'
import { circumstancesOf } from '../../web/request/circumstances.ts'
import type { Authenticate } from '../authenticate.ts'

export interface AuthenticatedScim {
  readonly call: Call
  readonly body: Buffer
  /** E-mail addresses that this client sets count as verified. */
  readonly verifiesEmail: boolean
}

/** Reads the body (at most `limit` bytes) and authenticates the caller. @throws Problem */
export type AuthenticateScim = (ctx: Context, limit: number) => Promise<AuthenticatedScim>

export interface AuthenticateScimParts {
  readonly admin: Authenticate
  readonly tokens: Pick<ScimTokens, 'authenticate'>
  /** Epoch seconds. */
  readonly clock: () => number
}

export const authenticateScim =
  ({ admin, tokens, clock }: AuthenticateScimParts): AuthenticateScim =>
  async (ctx, limit) => {
    const [, token] = /^bearer +(scim-[\w-]+\.[\w-]+)$/i.exec(ctx.get('authorization')) ?? []
    if (token === undefined) {
      const { caller, circumstances, body } = await admin(ctx, limit)
      return { call: { caller, circumstances }, body, verifiesEmail: false }
    }
    const now = clock()
    // Before the body: nothing is read for a caller who is not known.
    const { caller, verifiesEmail } = await tokens.authenticate(token, now)
    const body = await readBody(ctx.req, { maxBytes: limit })
    const circumstances = circumstancesOf(ctx, now)
    return { call: { caller, circumstances }, body, verifiesEmail }
  }
