"""Contacts captured wherever they appear: forms, QR codes, coupons, the telephone."""
