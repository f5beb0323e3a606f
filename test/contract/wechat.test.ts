import { describeContract } from './contract.ts'
import { describeWechat } from './wechat-contract.ts'
import { misfortunes } from './wechat-misfortunes.ts'
import type { Subject } from './world.ts'

const subject: Subject = { platforms: ['wechat'], sendsOnce: false, inWords: true, misfortunes }

describeContract('WeChat', subject)
describeWechat('WeChat, in words', subject)
