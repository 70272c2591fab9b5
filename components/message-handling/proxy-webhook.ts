/** Where Twilio takes a number's incoming messages into a Proxy service; Flex's own handler starts there. */
export function proxyMessageWebhook(accountSid: string, proxyServiceSid: string): string {
  return `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Proxy/${proxyServiceSid}/Webhooks/Message`;
}
