import type { Sentences } from '../tell.ts';

/** What an import remarks on or refuses as a whole, and what is wrong with an address (app/imports). Rejected rows stay as their file has them. */
export const IMPORTS: Sentences = {
  'more than one address or a blank inside: write one address': '有多个地址或含空格：请写一个地址',
  'longer than 254 characters: write one address': '超过 254 个字符：请写一个地址',
  'no @ in it: write an address such as name@example.com': '缺少 @：请写成 name@example.com 这样的地址',
  'not a valid e-mail address: write it such as name@example.com': '不是有效的邮箱地址：请写成 name@example.com',
  'more than 64 characters before the @: check the address': '@ 前超过 64 个字符：请检查地址',
  '"{domain}" is no domain: write an address such as name@example.com':
    '“{domain}”不是域名：请写成 name@example.com 这样的地址',
  'longer than a phone number: {fix, phrase}': '比电话号码长：{fix}',
  'no country code: {fix, phrase}, or set defaultCountry in the settings':
    '缺少国家代码：{fix}，或在设置中填写 defaultCountry',
  'has an extension: {fix, phrase}': '含分机号：{fix}',
  'not a possible phone number: {fix, phrase}': '不是可能的电话号码：{fix}',
  'not a possible phone number in {country}: {fix, phrase}': '不是 {country} 可能的电话号码：{fix}',
  'write it with + and the country code, such as +8613812345678': '请带 + 和国家代码书写，例如 +8613812345678',

  'line 1: wrong header: {parts, phrases}; nothing was imported': '第 1 行：表头有误：{parts}；没有导入任何内容',
  'missing column {columns, list}': '缺少列 {columns}',
  'missing columns {columns, list}': '缺少列 {columns}',
  'unknown column {columns, list}': '不认识的列 {columns}',
  'unknown columns {columns, list}': '不认识的列 {columns}',
  '{hints, phrases}; the columns are {columns, list}': '{hints}；可用的列有 {columns}',
  'the columns are {columns, list}': '可用的列有 {columns}',
  'rename "{column}" to {meant, name}': '将“{column}”改名为 {meant}',
  'close every double quote in the header': '请补全表头中的双引号',
  'column "{column}" is taken as an attribute; if {meant, name} was meant, rename it':
    '列“{column}”按属性导入；如果是指 {meant}，请改名',
  'column "{column}" is taken as an property; if {meant, name} was meant, rename it':
    '列“{column}”按事件属性导入；如果是指 {meant}，请改名',
  'attribute "{name}" was a {before, phrase}, the file has {found, phrase}: it is a string now':
    '属性“{name}”原为{before}，文件中是{found}：现在改为文本',
  'attribute "{name}" has values of several types: it is a string': '属性“{name}”的值有多种类型：按文本处理',
  'values of several types': '多种类型的值',
  'string values': '文本',
  'number values': '数字',
  'boolean values': '真假值',
  boolean: 'true 或 false',
};
