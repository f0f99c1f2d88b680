// Every operation of the admin API, in the order of the documentation. To add one, see CONTRIBUTING.md, "Add an admin
// operation".

import { accessRequestOperations } from './access-requests/operations.ts'
import { accountOperations } from './accounts/operations.ts'
import { auditOperations } from './audit/operations.ts'
import { auditViewOperations } from './audit/view-operations.ts'
import { clientOperations } from './clients/operations.ts'
import { findingOperations } from './findings/operations.ts'
import { groupOperations } from './groups/operations.ts'
import { identityProviderOperations } from './identity-providers/operations.ts'
import { keyOperations } from './keys/operations.ts'
import { mailServerOperations } from './mail-server/operations.ts'
import type { Operation } from './operation.ts'
import { accessKeyOperations } from './people/access-key-operations.ts'
import { importOperations } from './people/import-operation.ts'
import { linkOperations } from './people/link-operations.ts'
import { peopleOperations } from './people/operations.ts'
import { signInOperations } from './people/sign-in-operations.ts'
import { trustedBrowserOperations } from './people/trusted-browser-operations.ts'
import { policyTestOperations } from './policies/operations.ts'
import { scimTokenOperations } from './scim-tokens/operations.ts'
import { sessionOperations } from './sessions/operations.ts'
import { brandOperations } from './settings/brand-operations.ts'
import { settingsOperations } from './settings/operations.ts'
import { quotaOperations } from './settings/quota-operations.ts'

export const operations: readonly Operation[] = [
  ...peopleOperations,
  ...linkOperations,
  ...importOperations,
  ...signInOperations,
  ...accessKeyOperations,
  ...trustedBrowserOperations,
  ...groupOperations,
  ...sessionOperations,
  ...accessRequestOperations,
  ...clientOperations,
  ...identityProviderOperations,
  ...settingsOperations,
  ...brandOperations,
  ...quotaOperations,
  ...mailServerOperations,
  ...policyTestOperations,
  ...auditOperations,
  ...auditViewOperations,
  ...findingOperations,
  ...keyOperations,
  ...accountOperations,
  ...scimTokenOperations,
]

const byName: ReadonlyMap<string, Operation> = new Map(operations.map((one) => [one.name, one]))

/** @throws TypeError for a name that no operation has */
export function operationNamed(name: string): Operation {
  const found = byName.get(name)
  if (found === undefined) throw new TypeError(`there is no operation ${name}`)
  return found
}
