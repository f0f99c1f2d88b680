// Dynamic client registration (RFC 7591, RFC 7592), only with an initial access token. Registered clients are checked more
// strictly than configured ones, and their number is limited (docs/attacks.md 9, 24).
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { randomToken } from '../../secure/random.ts'
import { oneLine } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import {
  applyLimits,
  defaultGrants,
  faultOfRegistration,
  isSetByLimits,
  type RegistrationLimits,
} from './registration-limits.ts'
import { extraMetadata, grantTypes, redirectTargetFault } from './settings.ts'

/** Most registered clients of one server. */
export const maxRegisteredClients = 1000
const maxUris = 20
const maxName = 128

/** Seconds a registration token may live. */
export const initialAccessTokenLifetime = { least: 60, most: 30 * 24 * 3600, usual: 3600 }

export const clientIdFactory = (): string => randomToken(16)
export const clientSecretFactory = (): string => randomToken(48)

/** Runs for every registration and update through `/register`. */
const bounded =
  (store: Store) =>
  async (ctx: KoaContextWithOIDC): Promise<void> => {
    if (ctx.method !== 'POST') return
    const { records } = await store.find(
      'artifact',
      { by: 'model', value: 'Client' },
      { limit: maxRegisteredClients },
    )
    if (records.length >= maxRegisteredClients)
      throw new errors.InvalidRequest('this server has the most clients that it allows', 403)
  }

export const registrationPolicies = (store: Store, limits: RegistrationLimits) => ({
  async bounded(ctx: KoaContextWithOIDC, properties: Record<string, unknown>): Promise<void> {
    properties['grant_types'] ??= [...defaultGrants(limits)]
    const grants = properties['grant_types']
    if (Array.isArray(grants) && !grants.includes('authorization_code')) properties['response_types'] ??= []
    await bounded(store)(ctx)
  },
})

/** A token that lets its bearer register clients until it expires. `expiresIn` in seconds, 60 to 30 days. */
export async function createInitialAccessToken(provider: Provider, expiresIn: number): Promise<string> {
  const { least, most } = initialAccessTokenLifetime
  const token = new provider.InitialAccessToken({
    policies: ['bounded'],
    expiresIn: Math.min(most, Math.max(least, Math.floor(expiresIn))),
  })
  return token.save()
}

/**
 * Validates client metadata. oidc-provider calls it once per extra property, also for clients of the configuration and the
 * store; `ctx` is set only for requests to `/register`.
 */
export const extraClientMetadata = (limits: RegistrationLimits) => ({
  properties: [...extraMetadata],
  validator(
    ctx: KoaContextWithOIDC | undefined,
    key: string,
    value: unknown,
    metadata: Record<string, unknown>,
  ): void {
    // Checked with the limits, once for the whole client.
    if (key === 'claims') return
    if (key !== 'registered') {
      if (ctx && value !== undefined && !isSetByLimits(limits, key, value))
        throw new errors.InvalidClientMetadata(`\`${key}\` is for the operator to set`)
      return
    }
    if (ctx) {
      checkTargets(metadata)
      checkTexts(metadata)
      const fault = faultOfRegistration(limits, metadata)
      if (fault !== undefined) throw new errors.InvalidClientMetadata(fault)
      // Stored with the client: its name is not verified.
      metadata['registered'] = true
    }
    if (metadata['registered'] === true) applyLimits(limits, metadata)
  },
})

function checkTargets(metadata: Readonly<Record<string, unknown>>): void {
  const kind = metadata['application_type'] === 'native' ? 'native' : 'web'
  for (const name of ['redirect_uris', 'post_logout_redirect_uris']) {
    const uris = metadata[name]
    if (!Array.isArray(uris)) continue
    if (uris.length > maxUris)
      throw new errors.InvalidClientMetadata(`\`${name}\` holds more than ${maxUris}`)
    for (const uri of uris) {
      const fault = redirectTargetFault(String(uri), kind)
      if (fault !== undefined) throw new errors.InvalidClientMetadata(`\`${name}\` ${fault}`)
    }
  }
  for (const name of [
    'client_uri',
    'logo_uri',
    'policy_uri',
    'tos_uri',
    'initiate_login_uri',
    'jwks_uri',
    'backchannel_logout_uri',
  ]) {
    const uri = metadata[name]
    if (uri === undefined) continue
    const fault = redirectTargetFault(String(uri), 'web')
    if (fault !== undefined) throw new errors.InvalidClientMetadata(`\`${name}\` ${fault}`)
  }
}

function checkTexts(metadata: Readonly<Record<string, unknown>>): void {
  const name = metadata['client_name']
  if (typeof name === 'string' && (name.length > maxName || !oneLine.test(name))) {
    throw new errors.InvalidClientMetadata(`\`client_name\` must be at most ${maxName} visible characters`)
  }
  const grants = metadata['grant_types']
  const known: readonly string[] = grantTypes
  if (Array.isArray(grants) && !grants.every((grant) => known.includes(String(grant)))) {
    throw new errors.InvalidClientMetadata('`grant_types` holds one this server does not have')
  }
}
