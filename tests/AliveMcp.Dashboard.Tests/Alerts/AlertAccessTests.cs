using System.Net;
using AliveMcp.Dashboard.Tests.Sites;

namespace AliveMcp.Dashboard.Tests.Alerts;

/// <summary>Who may see the pages about alerts and act on them.</summary>
public sealed class AlertAccessTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_viewer_reads_everything_sees_no_button_and_is_refused_every_act()
    {
        var scene = await AlertScene.MakeAsync(site);
        var server = await scene.ServerAsync();
        var (incident, sink) = (await scene.IncidentAsync(server), await scene.SinkAsync("ops"));
        var rule = await scene.RuleAsync(sink);
        using var viewer = await scene.VisitAsync("viewer");
        foreach (
            var page in new[]
            {
                "incidents",
                $"incidents/{incident}",
                "sinks",
                $"sinks/{sink}",
                "rules",
                $"rules/{rule}",
                "maintenance",
                "servers/weather",
            }
        )
        {
            await viewer.OpenAsync(scene.At(page));
            Assert.True(viewer.Answer.StatusCode == HttpStatusCode.OK, page);
            Assert.True(viewer.Page.QuerySelectorAll("main form[method=post]").Length == 0, page);
        }

        var token = viewer.Page.QuerySelector("input[name=form_token]")!.GetAttribute("value")!;
        foreach (
            var act in new[]
            {
                $"incidents/{incident}/acknowledge",
                $"sinks/{sink}/test",
                $"sinks/{sink}/remove",
                $"rules/{rule}/remove",
                "maintenance/plan",
                "servers/weather/alerts",
            }
        )
        {
            await viewer.PostAsync(scene.At(act), [("form_token", token)], "same-origin");
            Assert.True(viewer.Answer.StatusCode == HttpStatusCode.Forbidden, act);
        }
    }

    [Fact]
    public async Task What_is_another_tenants_is_not_found_whatever_is_done_with_it()
    {
        var hers = await AlertScene.MakeAsync(site);
        var server = await hers.ServerAsync();
        var (incident, sink) = (await hers.IncidentAsync(server), await hers.SinkAsync("ops"));
        var rule = await hers.RuleAsync(sink);
        var delivery = await hers.DeliveryAsync(sink, incident, "sent");
        var his = await AlertScene.MakeAsync(site);
        using var bob = await his.VisitAsync();
        await bob.OpenAsync(his.At("incidents"));
        var token = bob.Page.QuerySelector("input[name=form_token]")!.GetAttribute("value")!;
        foreach (var page in new[] { $"incidents/{incident}", $"sinks/{sink}", $"rules/{rule}", "servers/weather" })
        {
            await bob.OpenAsync(his.At(page));
            Assert.True(bob.Answer.StatusCode == HttpStatusCode.NotFound, page);
        }

        foreach (
            var act in new[]
            {
                $"incidents/{incident}/acknowledge",
                $"incidents/{incident}/include",
                $"sinks/{sink}/test",
                $"sinks/{sink}/again",
                $"sinks/{sink}/remove",
                $"rules/{rule}/remove",
                $"deliveries/{delivery}/redeliver",
                "servers/weather/alerts",
            }
        )
        {
            await bob.PostAsync(his.At(act), [("form_token", token), ("etag", "x")], "same-origin");
            Assert.True(bob.Answer.StatusCode == HttpStatusCode.NotFound, $"{act}: {bob.Answer.StatusCode}");
        }
    }
}
