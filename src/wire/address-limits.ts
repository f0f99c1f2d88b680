// What one address may cause before anybody has proven who they are: rates, and bytes in the store. Kept in this process.
import { limitedRefusals } from '../sts/refusals.ts'
import type { WebOptions } from '../web/app.ts'
import { admitAnonymousRecords, openBudgets } from '../web/request/anonymous-records.ts'
import { AddressLimit, throttleUnauthenticated, unauthenticatedRecordLimit } from '../web/request/limits.ts'

export type AddressLimits = ReturnType<typeof openAddressLimits>

/** One for the process: surfaces that share it share the limits of an address. */
export function openAddressLimits(log: { warn(fields: object, message: string): void }) {
  const loggedRefusals = new AddressLimit({ perSecond: 1, burst: 30 })
  const documentFetches = new AddressLimit({ perSecond: 0.5, burst: 20 })
  const budgetOf = openBudgets()
  const admitRate = throttleUnauthenticated(new AddressLimit(unauthenticatedRecordLimit))
  const admitBytes = admitAnonymousRecords(budgetOf)
  const admit: WebOptions['admit'] = (address, ctx) => {
    admitRate(address, ctx)
    admitBytes(address, ctx)
  }
  return {
    admit,
    budgetOf,
    /** For audit entries and log lines of refused requests for credentials. */
    refusals: limitedRefusals(
      (address) => budgetOf('refusal').allows(address),
      (fields, message) => log.warn(fields, message),
    ),
    mayLogRefusal: (address: string) => loggedRefusals.allows(address),
    /** Whether a client ID metadata document may be fetched for it. */
    mayFetchDocument: (address: string) => documentFetches.allows(address),
  }
}
