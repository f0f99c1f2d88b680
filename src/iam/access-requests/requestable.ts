import type { Tag } from '../../store/records.ts'

/** The tag of roles that people of the account may ask for, with the value `true`. */
export const requestableTag = 'chancery:requestable'

/** Whether people may ask to become the role. Tag keys of roles are compared without case. */
export const isRequestable = ({ tags }: { readonly tags: readonly Tag[] }): boolean =>
  tags.some(({ key, value }) => key.toLowerCase() === requestableTag && value === 'true')
