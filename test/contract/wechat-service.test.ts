import { describeContract } from './contract.ts'
import { describeWechat } from './wechat-contract.ts'
import { misfortunes } from './wechat-misfortunes.ts'
import type { Subject } from './world.ts'

const subject: Subject = {
  platforms: ['wechat'],
  sendsOnce: false,
  inWords: true,
  options: { wechat: { throughGateway: true } },
  misfortunes,
}

describeContract('WeChat through a gateway', subject)
describeWechat('WeChat through a gateway, in words', subject)
