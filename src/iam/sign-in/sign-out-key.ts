import { sha256base64url } from '../../secure/digest.ts'

/**
 * The key under which a browser session is found when the identity provider ends it. A hash, so that the store holds no
 * NameID, `sub` or session index in the clear; the provider is part of it, so that none ends what came through another.
 * @param provider ARN
 * @param name what the provider calls the subject or the session
 */
export const signOutKey = (kind: 'subject' | 'session', provider: string, name: string): string =>
  sha256base64url(JSON.stringify([kind, provider, name]))
