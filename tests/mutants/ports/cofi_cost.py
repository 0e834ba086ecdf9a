import numpy as np


def recommender(items, users, ratings, rated, lam):
    residual = (items @ users.T - ratings) * rated
    fit = 0.5 * np.sum(residual**2)
    shrink = lam / 2 * (np.sum(users**2) + np.sum(items**2))
    d_items = residual @ users + lam * items
    d_users = residual.T @ items + lam * users
    return fit + shrink, d_items, d_users
