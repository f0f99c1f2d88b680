// Actions on service last accessed reports, and the policies that grant access to a service.
import type * as sdk from '@aws-sdk/client-iam'
import type { Iam } from '../../iam/iam.ts'
import { serviceName } from '../../iam/service-access/granted-services.ts'
import type { AccessedService, Attempt } from '../../iam/service-access/report-content.ts'
import type { JobState, ServicesPage } from '../../iam/service-access/reports.ts'
import type { BearerPolicy } from '../../iam/service-access/subject-of-arn.ts'
import { action } from '../action.ts'
import { dateOf, pageIn, pageOut } from './shapes.ts'

const kindNames = { user: 'USER', group: 'GROUP', role: 'ROLE' } as const

const stateOut = ({ status, createdAt, completedAt }: JobState) => ({
  JobStatus: status,
  JobCreationDate: dateOf(createdAt),
  JobCompletionDate: completedAt === undefined ? undefined : dateOf(completedAt),
  Error:
    status === 'FAILED'
      ? { Code: 'ServiceFailure', Message: 'The report could not be generated. Generate another one.' }
      : undefined,
})

function serviceOut({ namespace, attempts, actions }: AccessedService, page: ServicesPage) {
  const arnOf = (attempt: Attempt | undefined) => attempt && page.entities[attempt.entity]?.arn
  const last = attempts[0]
  const tracked = actions.map((one) => ({
    ActionName: one.name,
    LastAccessedEntity: arnOf(one.last),
    LastAccessedTime: one.last && dateOf(one.last.at),
    LastAccessedRegion: one.last?.region,
  }))
  return {
    ServiceName: serviceName(namespace),
    ServiceNamespace: namespace,
    LastAuthenticated: last && dateOf(last.at),
    LastAuthenticatedEntity: arnOf(last),
    LastAuthenticatedRegion: last?.region,
    TotalAuthenticatedEntities: attempts.length,
    TrackedActionsLastAccessed:
      page.granularity === 'ACTION_LEVEL' && tracked.length > 0 ? tracked : undefined,
  }
}

const policyOut = ({ name, arn, bearer }: BearerPolicy) =>
  arn === undefined
    ? { PolicyName: name, PolicyType: 'INLINE', EntityType: kindNames[bearer.kind], EntityName: bearer.name }
    : { PolicyName: name, PolicyType: 'MANAGED', PolicyArn: arn }

export const serviceAccessActions = (iam: Iam) => [
  action<sdk.GenerateServiceLastAccessedDetailsCommandInput>(
    'GenerateServiceLastAccessedDetails',
    async (input, call) => ({
      JobId: await iam.generateServiceLastAccessedDetails(call, {
        arn: input.Arn,
        granularity: input.Granularity,
      }),
    }),
  ),
  action<sdk.GetServiceLastAccessedDetailsCommandInput>(
    'GetServiceLastAccessedDetails',
    async (input, call) => {
      const page = await iam.getServiceLastAccessedDetails(call, { ...pageIn(input), jobId: input.JobId })
      return {
        ...stateOut(page),
        JobType: page.granularity,
        ServicesLastAccessed: page.services.map((service) => serviceOut(service, page)),
        ...pageOut(page),
      }
    },
  ),
  action<sdk.GetServiceLastAccessedDetailsWithEntitiesCommandInput>(
    'GetServiceLastAccessedDetailsWithEntities',
    async (input, call) => {
      const page = await iam.getServiceLastAccessedDetailsWithEntities(call, {
        ...pageIn(input),
        jobId: input.JobId,
        namespace: input.ServiceNamespace,
      })
      return {
        ...stateOut(page),
        EntityDetailsList: page.entities.map(({ kind, id, arn, name, path, lastAt }) => ({
          EntityInfo: { Arn: arn, Name: name, Type: kindNames[kind], Id: id, Path: path },
          LastAuthenticated: lastAt === undefined ? undefined : dateOf(lastAt),
        })),
        ...pageOut(page),
      }
    },
  ),
  action<sdk.ListPoliciesGrantingServiceAccessCommandInput>(
    'ListPoliciesGrantingServiceAccess',
    async (input, call) => {
      const page = await iam.listPoliciesGrantingServiceAccess(call, {
        arn: input.Arn,
        namespaces: input.ServiceNamespaces,
        marker: input.Marker,
      })
      return {
        PoliciesGrantingServiceAccess: page.items.map(({ namespace, policies }) => ({
          ServiceNamespace: namespace,
          Policies: policies.map(policyOut),
        })),
        ...pageOut(page),
      }
    },
  ),
]
