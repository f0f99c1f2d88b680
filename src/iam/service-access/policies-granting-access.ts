// ListPoliciesGrantingServiceAccess: which policies of a user, group or role grant access to a service. Only permissions policies and
// their Allow statements count, not boundaries, conditions or denies (API reference).
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { ListPage } from '../paging.ts'
import { grantsOf } from './granted-services.ts'
import { authorizedIdentity, type BearerPolicy, policiesOf } from './subject-of-arn.ts'

export interface ServiceGrants {
  /** As it was given. */
  readonly namespace: string
  readonly policies: readonly BearerPolicy[]
}

/** Services on one page. */
const perPage = 50

export const policiesGrantingAccess = (deps: IamDependencies) => ({
  /** One item for each of the given namespaces, in their order. */
  async listPoliciesGrantingServiceAccess(
    call: Call,
    input: {
      readonly arn: string
      readonly namespaces: readonly string[]
      readonly marker?: string | undefined
    },
  ): Promise<ListPage<ServiceGrants>> {
    const { arn, namespaces, marker } = input
    const identity = await authorizedIdentity(deps, call, arn, 'iam:ListPoliciesGrantingServiceAccess')
    const list = `policies-granting:${arn}:${JSON.stringify(namespaces)}`
    const start = Number(deps.markers.open(call, list, marker) ?? 0)
    const end = start + perPage
    const policies = await policiesOf(deps.store, identity)
    const granting = policies.map((policy) => ({ policy, grants: grantsOf(policy.document).grants }))
    return {
      items: namespaces.slice(start, end).map((namespace) => ({
        namespace,
        policies: granting.flatMap(({ policy, grants }) => (grants(namespace.toLowerCase()) ? [policy] : [])),
      })),
      marker: end < namespaces.length ? deps.markers.seal(call, list, String(end)) : undefined,
    }
  },
})
