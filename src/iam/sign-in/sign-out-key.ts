import { sha256base64url } from '../../secure/digest.ts'

/**
 * The key under which a browser session is found when its identity provider ends it. A hash, so that the store does not contain
 * NameIDs, `sub` values or session indexes in plain text. The provider is part of it, so that no provider can end sessions of another.
 * @param provider ARN
 * @param name the provider's identifier of the subject or session
 */
export const signOutKey = (kind: 'subject' | 'session', provider: string, name: string): string =>
  sha256base64url(JSON.stringify([kind, provider, name]))
