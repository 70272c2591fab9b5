import { expect, test } from "@jest/globals";
import { isSecretName, Masking } from "./masking.ts";

const masking = new Masking(["my-auth-token", ""]);

test.each([
  ["AuthToken", true],
  ["auth_token", true],
  ["Secret", true],
  ["client-secret", true],
  ["ApiKey", true],
  ["private_key", true],
  ["handlerPassword", true],
  ["PageToken", false],
  ["next_page_token", false],
  ["FriendlyName", false],
  ["secretary", false],
  ["", false],
])("the name %s is one of a credential: %s", (name, is) => {
  expect(isSecretName(name)).toBe(is);
});

test.each([
  ["FriendlyName=A+b&Secret=s3%26cret", "FriendlyName=A+b&Secret=%5Bsecret%5D"],
  ["Secret=", "Secret="],
  ["Secret", "Secret"],
  ["a=%zz&Password=x", "a=%zz&Password=%5Bsecret%5D"],
  ["PageToken=PAWQ1&Page=1", "PageToken=PAWQ1&Page=1"],
  ["SmsUrl=https%3A%2F%2Fme%3Apw%40a.example%2Fsms", "SmsUrl=https%3A%2F%2F***%40a.example%2Fsms"],
  ["Attributes=%7B%22password%22%3A%22x%22%7D", "Attributes=%7B%22password%22%3A%22%5Bsecret%5D%22%7D"],
  ["Body=my-auth-token!", "Body=%5Bsecret%5D!"],
])("masks the form %s", (form, masked) => {
  expect(masking.body(form, "application/x-www-form-urlencoded; charset=utf-8")).toBe(masked);
});

test.each([
  ['{"sid":"AC1","auth_token":"abc"}', '{"sid":"AC1","auth_token":"[secret]"}'],
  ['{ "secret" : "a\\"b", "b": 1 }', '{ "secret" : "[secret]", "b": 1 }'],
  ['{"auth_token":null,"name":"x"}', '{"auth_token":null,"name":"x"}'],
  ['{"tokens":["t","u"],"a":"x"}', '{"tokens":["[secret]","[secret]"],"a":"x"}'],
  [
    '{"attributes":"{\\"api_key\\":\\"k\\",\\"n\\":1}"}',
    '{"attributes":"{\\"api_key\\":\\"[secret]\\",\\"n\\":1}"}',
  ],
  ['{"url":"https://u:p@a.example/x"}', '{"url":"https://***@a.example/x"}'],
  ['{"text":"eyJhbGciOiJI.eyJzdWIi.sig"}', '{"text":"[secret]"}'],
  // Cut off: within a value, within an escape, after a name.
  ['{"auth_token":"abc', '{"auth_token":"[secret]'],
  ['{"auth_token":"abc\\', '{"auth_token":"[secret]\\'],
  ['{"auth_token":', '{"auth_token":'],
  ["[", "["],
])("masks the JSON %s", (json, masked) => {
  expect(masking.body(json, "application/json")).toBe(masked);
});

test("masks texts of other types", () => {
  expect(masking.body("<a>https://u:p@a.example my-auth-token</a>", "text/xml")).toBe(
    "<a>https://***@a.example [secret]</a>",
  );
});
