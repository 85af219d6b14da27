package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// prefixes are the callsign prefixes of the ITU's table of call sign series
// (Radio Regulations, appendix 42) that amateurs use, the common ones more
// than once; # is a digit. Series of one letter stand with a blank second one
// for all of them: "K?" is K, KA to KZ.
var prefixes = strings.Fields(`
	K# K# K# N# N# W# W# W# A?# K?# K?# K?# N?# W?# W?#
	VE# VE# VA# VO1 VY2 KH6 KL7 KP4 NP4 WP4 XE# CO# CM# HI# TI# YN# PJ2 PJ4 FM# FG# J6# V3# 8P# 9Y#
	PY# PY# PP# PR# PT# PU# PV# ZW# ZX# LU# LU# LW# AY# CE# CA# CX# ZP# OA# HK# HJ# YV# YY# HC# CP#
	G# G# G# M# M# 2E# GM# MM# GW# MW# GI# MI# GD# GJ# GU# EI# EI#
	DL# DL# DL# DK# DK# DJ# DF# DF# DG# DH# DB# DC# DD# DM# DO# DP# DQ# DR#
	F# F# F# F# TM# TK# I# I# IK# IK# IZ# IZ# IU# IW# IV3 IN3 IT9 IS0
	EA# EA# EA# EB# EC# ED# EE# EF# EA8 CT# CT# CR# CS# CU# CT3 ON# ON# OO# OP# OQ# OR# OT#
	PA# PA# PB# PC# PD# PE# PG# PH# PI# LX# HB9 HB9 HB3 OE# OE#
	OZ# OZ# OU# OV# 5P# 5Q# OX# OY# LA# LA# LB# LC# LN# SM# SM# SA# SB# SC# SE# SF# SG# SI# SJ# SK# TF#
	OH# OH# OH# OF# OG# OI# ES# YL# LY# LY# SP# SP# SN# SO# SQ# HF# 3Z# OK# OK# OL# OM# HA# HA# HG#
	S5# S5# 9A# 9A# YU# YT# YT# E7# Z3# 4O# ZA# YO# YO# YP# YR# LZ# LZ# SV# SV# SW# SX# SZ# 5B# 9H# TA# TC# 4X# 4Z#
	R# R?# R?# UA# UA# UA9 UB# U?# UR# UT# UT# UU# UX# UY# UZ# EM# EN# EW# EU# ER# 4L# EK# 4K# UN# UK# EX#
	JA# JA# JA# JE# JF# JG# JH# JH# JI# JJ# JK# JL# JM# JN# JO# JP# JQ# JR# JS# 7J# 7K# 7L# 7M# 7N# 8J#
	HL# DS# 6K# BA# BD# BG# BG# BH# BI# BY# BV# BX# VR2 HS# E2# DU# 4F# YB# YC# YD# YE# 9M# 9V# VU# VU# 4S# XV# 3W#
	VK# VK# VK# ZL# ZL# ZM# KH2 KH0 T8# FK# FO# 3D2 ZS# ZS# ZR# V5# 7X# CN# 3V# SU# 5Z# 5H# 9J# Z2# D4# C5# 6W# 9K# A4# A6# A7# HZ# JY# OD# EP#
`)

// A caller invents callsigns and numbers.
type caller struct{ *rand.Rand }

// call is a callsign: prefix, digit, and one to four letters, now and then
// with what tells of another place.
func (c caller) call() string {
	var b strings.Builder
	for _, r := range c.pick(prefixes) {
		switch r {
		case '#':
			r = rune('0' + c.IntN(10))
		case '?':
			r = c.letter()
		}
		b.WriteRune(r)
	}
	for range []int{1, 2, 2, 2, 3, 3, 3, 3, 3, 4}[c.IntN(10)] {
		b.WriteRune(c.letter())
	}
	if c.IntN(40) == 0 {
		fmt.Fprintf(&b, "/%s", c.pick([]string{"P", "P", "M", "QRP", "MM", "3", "4", "7"}))
	}
	return b.String()
}

func (c caller) letter() rune { return rune('A' + c.IntN(26)) }

func (c caller) pick(from []string) string { return from[c.IntN(len(from))] }
