"""The price list that the product brings."""

from sarnakh.lib.shipped import Name, Shipped

PUBLIC = Name("لیست قیمت عمومی", "قائمة الأسعار العامة", "Public price list")
PRICELISTS = Shipped((PUBLIC,))
