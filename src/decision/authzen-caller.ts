// Authenticates callers of the AuthZEN endpoints and authorizes them. Besides the ways of the whole decision API (SigV4, Basic),
// a caller may send a bearer token: an access token of a role session for this server, which needs `decision:…` permissions
// like a signature, or the token of an OAuth client for the resource `<issuer>/access/v1` with the scope `authzen`, which needs
// nothing else (RFC 6749 section 4.4, RFC 8707).
import type { Context } from 'koa'
import type { Caller, Circumstances, ClientCaller } from '../iam/caller.ts'
import { Problem } from '../problem.ts'
import type { AuthenticateToken } from '../sts/authentication/access-token.ts'
import { readBody } from '../web/request/body.ts'
import { circumstancesOf } from '../web/request/circumstances.ts'
import { statusOf } from '../web/response/error-response.ts'
import type { Authorize } from './ports.ts'
import type { Authenticate } from './signed.ts'

/** The scope of a client's token that permits evaluations and searches in the first account. */
export const authzenScope = 'authzen'

/** The resource of clients' tokens. */
export const authzenResource = (issuer: string): string => `${issuer}/access/v1`

/** A live client whose entry names this resource, by its own access token; undefined for any other token. */
export type FindClientToken = (
  token: string,
  resource: string,
) => Promise<{ readonly clientId: string; readonly scopes: ReadonlySet<string> } | undefined>

export interface AuthzenCall {
  readonly caller: Exclude<Caller, { kind: 'anonymous' }> | ClientCaller
  readonly circumstances: Circumstances
  readonly body: Buffer
}

export interface AuthzenCallerPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly authenticateToken?: AuthenticateToken | undefined
  readonly findClientToken?: FindClientToken | undefined
  /** Account whose subjects a client's token may ask about. */
  readonly clientAccountId?: string | undefined
  readonly issuer: string
  /** Epoch seconds. */
  readonly clock: () => number
}

/** Reads the body (at most `limit` bytes) and authenticates the caller. @throws Problem */
export async function authenticateAuthzen(
  ctx: Context,
  ports: AuthzenCallerPorts,
  limit: number,
): Promise<AuthzenCall> {
  const { authorization: header } = ctx.req.headers
  const token = /^bearer +([\w.~+/=-]+)$/i.exec(header ?? '')?.[1]
  if (token === undefined) {
    if (header !== undefined && !/^(?:AWS4-|basic )/i.test(header))
      throw new Problem(
        'unauthenticated',
        'the Authorization header must be a bearer token or a SigV4 signature',
      )
    return ports.authenticate(ctx, limit)
  }
  if ((ctx.req.headersDistinct['authorization']?.length ?? 0) > 1)
    throw new Problem('unauthenticated', 'the header `authorization` occurs twice')
  const caller = await callerOfToken(ctx, token, ports)
  const circumstances = circumstancesOf(ctx, ports.clock())
  return { caller, circumstances, body: await readBody(ctx.req, { maxBytes: limit }) }
}

async function callerOfToken(
  ctx: Context,
  token: string,
  ports: AuthzenCallerPorts,
): Promise<AuthzenCall['caller']> {
  const { findClientToken, clientAccountId: accountId, authenticateToken, issuer } = ports
  const client = await findClientToken?.(token, authzenResource(issuer))
  if (client && accountId !== undefined) {
    if (!client.scopes.has(authzenScope))
      throw new Problem('denied', `the access token must have the scope \`${authzenScope}\``)
    const { clientId } = client
    return { kind: 'client', accountId, arn: `client/${clientId}`, clientId, accessKeyId: undefined }
  }
  if (authenticateToken === undefined) throw new Problem('unauthenticated', 'the access token is not valid')
  return authenticateToken({ scheme: 'bearer', token, proof: undefined, method: ctx.method, path: ctx.path })
}

/** @throws Problem('denied') unless the caller is a client, whose scope was checked, or is permitted the action */
export async function authorizeAuthzen(
  { caller, circumstances }: AuthzenCall,
  action: string,
  resource: string,
  authorize: Authorize,
): Promise<void> {
  if (caller.kind !== 'client') await authorize({ caller, circumstances }, action, resource)
}

/** Adds the challenge that every 401 must have (RFC 9110 section 15.5.2, RFC 6750 section 3). */
export const withChallenge =
  (issuer: string, run: (ctx: Context) => Promise<void>) =>
  async (ctx: Context): Promise<void> => {
    try {
      await run(ctx)
    } catch (error) {
      if (error instanceof Problem && statusOf(error) === 401) {
        const failed = ctx.get('authorization') === '' ? '' : ', error="invalid_token"'
        ctx.set('WWW-Authenticate', `Bearer realm="${issuer}", scope="${authzenScope}"${failed}`)
      }
      throw error
    }
  }
