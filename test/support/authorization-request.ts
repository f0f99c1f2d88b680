import type { FormBrowser, Seen } from './form-browser.ts'

/** The answer to an authorization request for a code with PKCE and the scope `openid`, before anything is redirected. */
export function openAuthorization(
  browser: FormBrowser,
  clientId: string,
  redirectUri: string,
): Promise<Seen> {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    // RFC 7636, appendix B.
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  return browser.open(`/authorize?${query}`)
}
