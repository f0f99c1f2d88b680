// The kinds of issuer whose workloads can become roles, for forms: what each needs to know, and the trust policy made of it.
import { presets } from '../../federation/workload/presets.ts'
import {
  type Template,
  type TemplateRequest,
  trustTemplate,
} from '../../federation/workload/trust-template.ts'

export interface WorkloadPreset {
  readonly name: string
  readonly title: string
  /** The form of its issuer. */
  readonly issuer: string
  readonly options: readonly { readonly name: string; readonly is: string; readonly optional: boolean }[]
  /** The audience of its tokens when none is given; undefined: one must be chosen. */
  readonly usualAudience: string | undefined
}

export const workloadPresets: readonly WorkloadPreset[] = [...presets].map(
  ([name, { title, issuer, options, url, audience }]) => {
    const known = url({})
    return {
      name,
      title,
      issuer,
      options: Object.entries(options).map(([option, { is, optional = false }]) => ({
        name: option,
        is,
        optional,
      })),
      usualAudience: known === undefined ? undefined : audience(known),
    }
  },
)

/** @throws Problem('invalid_input') */
export const workloadTemplate = (request: TemplateRequest): Template => trustTemplate(request)
