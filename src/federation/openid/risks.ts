// Security findings about the settings of an OpenID Connect provider. Pure; risks.ts has those common to all kinds.
import type { OpenIdProvider } from '../../store/records.ts'
import type { Risk } from '../kind.ts'

export function openIdRisks({ url, keys, client, signIn }: OpenIdProvider): readonly Risk[] {
  const risks: Risk[] = []
  const add = (when: boolean, level: Risk['level'], what: string, fix: string) => {
    if (when) risks.push({ level, what, fix })
  }
  add(
    url.startsWith('http:'),
    'high',
    'the issuer uses plain http: anyone on the network path can sign in as any user and read the userinfo response',
    'use an https issuer',
  )
  add(
    keys.from === 'url' && keys.jwksUri.startsWith('http:'),
    'high',
    'the keys are fetched over plain http: anyone on the network path can replace them',
    'use an https jwks_uri',
  )
  add(
    keys.from === 'upload',
    'low',
    'the keys are uploaded: sign-in stops when the provider rotates them, and a withdrawn key stays valid',
    'use discovery or jwks_uri where the issuer can be reached',
  )
  if (!client || !signIn) return risks
  add(
    client.auth === 'none',
    'medium',
    'the client has no secret: only PKCE protects a stolen code',
    'register a confidential client: client_secret, or better private_key',
  )
  add(
    /^https:\/\/login\.microsoftonline\.com\/(common|organizations|consumers)(\/|$)/.test(url),
    'high',
    'the issuer is shared by many tenants, so users cannot sign in with it',
    'use the issuer of your own tenant, `https://login.microsoftonline.com/<tenant id>/v2.0`',
  )
  add(
    signIn.secondFactor.acr.length > 0 && signIn.secondFactor.acr.includes('0'),
    'high',
    '`acr` 0 counts as a second factor: it stands for no authentication worth the name',
    'leave `0` out of second_factor.acr (OIDC Core §2)',
  )
  add(
    client.parameters['prompt'] === 'none',
    'low',
    '`prompt=none` in parameters: who has no session there is refused instead of asked',
    'leave it out',
  )
  return risks
}
