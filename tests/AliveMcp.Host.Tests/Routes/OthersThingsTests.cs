using System.Net;

namespace AliveMcp.Host.Tests.Routes;

/// <summary>Every valid act of Alice's, word for word, by an admin of Bob's tenant: her things are not there for him, and stay as they are.</summary>
public sealed class OthersThingsTests(Replicas replicas) : IClassFixture<Replicas>
{
    [Fact]
    public async Task What_names_a_thing_of_hers_is_not_found_for_him_whatever_he_does_with_it()
    {
        var (alice, bob) = (
            await replicas.KeyAsync(Replicas.Alices, "admin"),
            await replicas.KeyAsync(Replicas.Bobs, "admin")
        );
        var acts = new Acts(new ActScene(replicas, alice), new AlertScene(replicas, alice));
        var routes = HostRoute
            .AllOf(replicas.App)
            .Where(route =>
                route.Path.StartsWith("/api/v1/", StringComparison.Ordinal)
                && route.Path.Contains('{', StringComparison.Ordinal)
                && !route.Path.Contains("{tenant}", StringComparison.Ordinal)
                && acts.Of(route) is not null
            )
            .ToList();
        Assert.True(routes.Count > 15, string.Join(", ", routes));

        foreach (var route in routes)
        {
            var act = await acts.Of(route)!();
            var his = await SendAsync(route, act, bob);
            Assert.True(his.Status == HttpStatusCode.NotFound, $"{route}: {his.Status} {his.Text}");

            // It was hers all along: the same act is good for her afterwards.
            var hers = await SendAsync(route, act, alice);
            Assert.True((int)hers.Status < 300, $"{route}: {hers.Status} {hers.Text}");
        }
    }

    private Task<Heard> SendAsync(HostRoute route, Act act, string token) =>
        Knock.AtAsync(replicas.Urls[1], route.Method, act.Path, token, act.Body, ("If-Match", "*"));
}
