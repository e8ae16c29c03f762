"""Addresses of sales beside its screens."""

from django.urls import path

from sarnakh.sales import views
from sarnakh.sales.preview import inside

app_name = "sales"
urlpatterns = [
    path("print/<int:pk>", inside.printed, name="print"),
    path("preview/<int:pk>", inside.preview, name="preview"),
    path("terms/<int:company>", views.terms, name="terms"),
    path("promotions/<int:order>", views.choose_reward, name="promotions"),
    path("shipping/<int:order>", views.shipping_methods, name="shipping"),
    path("options/<int:order>/<int:option>", views.add_option, name="add-option"),
]
