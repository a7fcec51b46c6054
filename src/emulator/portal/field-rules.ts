import { shortestPassword } from '../../protocol/wire/portal/auth.js'
import { mostPerBulk } from '../../protocol/wire/portal/license.js'
import { webhookEventNames } from '../../protocol/wire/portal/webhook.js'
import type { FieldRule } from '../http/validation.js'
import { isEmail } from './email.js'

const longestText = 200

export const emailRule: FieldRule = {
  field: 'email',
  message: 'email must be an e-mail address',
  holds: (value) => typeof value === 'string' && isEmail(value.toLowerCase()),
}

/** The upper bound keeps nobody from a good password, and an endless one from keeping the processor (denial of service). */
export const passwordRule: FieldRule = {
  field: 'password',
  message: `password must have ${shortestPassword} to ${longestText} characters`,
  holds: (value) => typeof value === 'string' && value.length >= shortestPassword && value.length <= longestText,
}

export const textRule = (field: string): FieldRule => ({
  field,
  message: `${field} must have 1 to ${longestText} characters`,
  holds: (value) => value === null || (typeof value === 'string' && value !== '' && value.length <= longestText),
})

export const tierRule: FieldRule = {
  field: 'tier',
  message: 'tier must be lower-case letters, digits and dashes',
  holds: (value) => typeof value === 'string' && /^[a-z0-9-]{1,40}$/.test(value),
}

export const quantityRule: FieldRule = {
  field: 'quantity',
  message: `quantity must be from 1 to ${mostPerBulk}`,
  holds: (value) => typeof value === 'number' && value >= 1 && value <= mostPerBulk,
}

export const urlRule: FieldRule = {
  field: 'url',
  message: 'url must be an http or https URL without credentials',
  holds: (value) => typeof value === 'string' && isWebhookUrl(value),
}

export const eventsRule: FieldRule = {
  field: 'events',
  message: `events must name some of ${webhookEventNames.join(', ')}`,
  holds: (value) => Array.isArray(value) && value.length > 0 && value.every((name) => webhookEventNames.includes(name)),
}

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}
