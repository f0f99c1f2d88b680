// Errors of SCIM (RFC 7644 §3.12): the status and `scimType` of each code of Problem, and problems that only SCIM has.
import { Problem, type ProblemCode } from '../../problem.ts'
import { statusOf } from '../../web/response/error-response.ts'

/** RFC 7644 §3.12, table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  // RFC 9865 §2.3
  | 'invalidCursor'
  | 'invalidCount'

export class ScimProblem extends Problem {
  readonly scimType: ScimType
  constructor(scimType: ScimType, message: string) {
    super('validation', message)
    this.scimType = scimType
  }
}

const typeOfCode: Readonly<Partial<Record<ProblemCode, ScimType>>> = {
  conflict: 'uniqueness',
  validation: 'invalidValue',
  password_policy_violation: 'invalidValue',
  unmodifiable: 'mutability',
}

/** The error as the body of the answer, and its status. */
export function scimError(problem: Problem): { readonly status: number; readonly body: object } {
  const status = problem.code === 'unsupported_action' ? 501 : statusOf(problem)
  const scimType = problem instanceof ScimProblem ? problem.scimType : typeOfCode[problem.code]
  return {
    status,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(status),
      ...(scimType !== undefined && { scimType }),
      detail: problem.message,
    },
  }
}
