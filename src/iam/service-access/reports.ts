// Service last accessed reports (GenerateServiceLastAccessedDetails): when a user, group, role or the bearers of a managed policy last
// attempted to use each service that they are granted. Attempts count whether or not they were allowed; what services decide by
// themselves with the verifier library is not known here. A report is generated in the background and is kept for a day.
import { randomUUID } from 'node:crypto'
import { Problem } from '../../problem.ts'
import { updateIfPresent } from '../../store/conditional-writes.ts'
import type { EpochSeconds, ServiceAccessReport } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call, Caller } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import { type ListPage, type ListRequest, limitOf } from '../paging.ts'
import {
  type AccessedService,
  generateContent,
  packContent,
  type ReportContent,
  type ReportEntity,
  unpackContent,
} from './report-content.ts'
import { type AccessSubject, authorizedSubject } from './subject-of-arn.ts'

export interface JobState {
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly granularity: ServiceAccessReport['granularity']
  readonly createdAt: EpochSeconds
  readonly completedAt: EpochSeconds | undefined
}

export interface ServicesPage extends JobState {
  readonly services: readonly AccessedService[]
  /** `Attempt.entity` is an index of it. */
  readonly entities: readonly ReportEntity[]
  readonly marker: string | undefined
}

export interface EntitiesPage extends JobState {
  readonly entities: readonly (ReportEntity & { readonly lastAt: EpochSeconds | undefined })[]
  readonly marker: string | undefined
}

/** Seconds after which the record is deleted. */
const keptSeconds = 86_400
/** Seconds after which a report that is not complete has failed: the process that generated it has ended. */
const longestGeneration = 900

/** "The JobId must be used by the same role within a session, or by the same user" (API reference). */
const requesterOf = (caller: Caller): string => {
  if (caller.kind === 'user' || caller.kind === 'federated') return caller.userId
  return caller.kind === 'session' ? caller.roleId : accountOf(caller)
}

export class ServiceAccessReports {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  /** @returns the JobId */
  async generateServiceLastAccessedDetails(
    call: Call,
    input: { readonly arn: string; readonly granularity?: ServiceAccessReport['granularity'] | undefined },
  ): Promise<string> {
    const action = 'iam:GenerateServiceLastAccessedDetails'
    const subject = await authorizedSubject(this.#deps, call, input.arn, action)
    const { now } = call.circumstances
    const report: ServiceAccessReport = {
      id: randomUUID(),
      accountId: accountOf(call.caller),
      requestedBy: requesterOf(call.caller),
      granularity: input.granularity ?? 'SERVICE_LEVEL',
      createdAt: now,
      expiresAt: now + keptSeconds,
    }
    await this.#deps.store.create('serviceAccessReport', report)
    // When the store becomes unavailable, the report fails after longestGeneration.
    this.#generate(report, subject).catch(() => undefined)
    return report.id
  }

  /** @throws Problem('not_found') unless the caller generated it */
  async getServiceLastAccessedDetails(
    call: Call,
    input: ListRequest & { readonly jobId: string },
  ): Promise<ServicesPage> {
    await this.#deps.authorizer.authorize(call, 'iam:GetServiceLastAccessedDetails', '*')
    const report = await this.#reportOf(call, input.jobId)
    const content = contentOf(report)
    const list = `service-access:${report.id}`
    const { items, marker } = this.#pageOf(call, list, input, content?.services ?? [])
    const state = stateOf(report, call.circumstances.now)
    return { ...state, services: items, entities: content?.entities ?? [], marker }
  }

  /**
   * The users and roles that could use a service, those that used it last first.
   * @throws Problem('not_found') unless the caller generated the report and it has the service
   */
  async getServiceLastAccessedDetailsWithEntities(
    call: Call,
    input: ListRequest & { readonly jobId: string; readonly namespace: string },
  ): Promise<EntitiesPage> {
    await this.#deps.authorizer.authorize(call, 'iam:GetServiceLastAccessedDetailsWithEntities', '*')
    const report = await this.#reportOf(call, input.jobId)
    const content = contentOf(report)
    const namespace = input.namespace.toLowerCase()
    const list = `service-access:${report.id}:${namespace}`
    const entities = content === undefined ? [] : entitiesByAttempt(content, namespace)
    const { items, marker } = this.#pageOf(call, list, input, entities)
    return { ...stateOf(report, call.circumstances.now), entities: items, marker }
  }

  async #generate({ id, accountId, createdAt }: ServiceAccessReport, subject: AccessSubject): Promise<void> {
    const { store, accessesStored } = this.#deps
    await accessesStored()
    const content = await generateContent(store, accountId, subject, createdAt).then(
      packContent,
      () => undefined,
    )
    await updateIfPresent(
      store.update('serviceAccessReport', id, (old) => ({ ...old, content, completedAt: createdAt })),
    )
  }

  async #reportOf({ caller }: Call, jobId: string): Promise<ServiceAccessReport> {
    const report = await this.#deps.store.get('serviceAccessReport', jobId)
    if (report?.accountId !== accountOf(caller) || report.requestedBy !== requesterOf(caller))
      throw new Problem('not_found', `Job ${jobId} cannot be found.`)
    return report
  }

  /** A complete report does not change, so the marker is a position. */
  #pageOf<T>(call: Call, list: string, request: ListRequest, items: readonly T[]): ListPage<T> {
    const { markers } = this.#deps
    const start = Number(markers.open(call, list, request.marker) ?? 0)
    const end = start + limitOf(request)
    return {
      items: items.slice(start, end),
      marker: end < items.length ? markers.seal(call, list, String(end)) : undefined,
    }
  }
}

/** Undefined while it is being generated, and when that failed. */
const contentOf = ({ content }: ServiceAccessReport): ReportContent | undefined =>
  content === undefined ? undefined : unpackContent(content)

function entitiesByAttempt({ services, entities }: ReportContent, namespace: string) {
  const service = services.find((one) => one.namespace === namespace)
  if (service === undefined)
    throw new Problem('not_found', `The report has no service with namespace ${namespace}.`)
  const used = service.attempts.flatMap(({ entity, at }) => {
    const found = entities[entity]
    return found ? [{ ...found, lastAt: at }] : []
  })
  const users = new Set(used.map(({ id }) => id))
  const others = entities.filter(({ id }) => !users.has(id)).map((one) => ({ ...one, lastAt: undefined }))
  return [...used, ...others]
}

function stateOf(report: ServiceAccessReport, now: EpochSeconds): JobState {
  const { granularity, createdAt, completedAt, content } = report
  if (content !== undefined) return { status: 'COMPLETED', granularity, createdAt, completedAt }
  const failed = completedAt !== undefined || now > createdAt + longestGeneration
  return {
    status: failed ? 'FAILED' : 'IN_PROGRESS',
    granularity,
    createdAt,
    completedAt: failed ? (completedAt ?? createdAt + longestGeneration) : undefined,
  }
}
