// Identity providers of other organizations that people sign in with.
import type { GuardedFetch } from '../federation/outbound/guarded-fetch.ts'
import { MetadataRefresh } from '../federation/saml/metadata-refresh.ts'
import { openUpstreams } from '../federation/upstreams.ts'
import { Identities } from '../iam/sign-in/identities.ts'
import { SignInProviders } from '../iam/sign-in/providers.ts'
import { upstreamSignOut } from '../sign-in/federation/sign-out-upstream.ts'
import { type Infrastructure, now } from './infrastructure.ts'

export type Federation = ReturnType<typeof openFederation>

/** @param accountId the account that people sign in to by these providers */
export function openFederation(
  { store, trail, issuer, log, config }: Infrastructure,
  accountId: string,
  fetch: GuardedFetch,
) {
  const records = { store, trail, log, now, accountId }
  const providers = new SignInProviders(records)
  const metadataRefresh = new MetadataRefresh({
    store,
    accountId,
    fetch,
    now,
    onFailure: ({ id }, reason) =>
      log.warn({ provider: id, reason }, 'the SAML metadata was not refreshed, the former stays in use'),
    onChange: ({ id }) => log.info({ provider: id }, 'the SAML metadata has changed'),
  })
  const upstreams = openUpstreams({
    fetch,
    now,
    allow: config.outboundAllow,
    requestMetadataRefresh: (id) => metadataRefresh.requestRefresh(id),
  })
  return {
    providers,
    identities: new Identities(records),
    metadataRefresh,
    upstreams,
    leaveUpstream: upstreamSignOut({ providers, upstreams, issuer, log }),
  }
}
