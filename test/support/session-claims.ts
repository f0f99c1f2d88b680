import type { SessionClaims } from '../../src/secure/session/session-claims.ts'

/** The claims of a session token of ours, without verifying it. */
export const claimsOf = ({ token }: { readonly token: string }): SessionClaims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as SessionClaims
