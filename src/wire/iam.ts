import { readRecorded as readSamlMetadata } from '../federation/saml/metadata.ts'
import type { Authorizer } from '../iam/authorization/authorize.ts'
import type { Ends } from '../iam/ends.ts'
import { type Iam, openIam } from '../iam/iam.ts'
import { reportTrustPolicyWarnings } from '../iam/role/trust-policy-warnings.ts'
import { type Infrastructure, markersOf, outboundIssuerOf } from './infrastructure.ts'

/** The use cases of IAM, each authorized and audited. */
export const openIamUseCases = (
  { store, hasher, keyRing, issuer, config, trail, log, serviceAccess, organizationOf }: Infrastructure,
  authorizer: Authorizer,
  ends: Ends,
): Iam =>
  openIam(
    {
      store,
      authorizer,
      hasher,
      markers: markersOf(keyRing),
      issuerName: organizationOf,
      ends,
      readSamlMetadata,
      outbound: { issuerOf: outboundIssuerOf(issuer), createKeys: () => keyRing.createOutbound() },
      plainHttpAllowed: (host) => config.outboundAllow.has(host),
      accessesStored: () => serviceAccess.settled(),
      reportTrustWarnings: reportTrustPolicyWarnings(trail, log),
    },
    trail,
  )
