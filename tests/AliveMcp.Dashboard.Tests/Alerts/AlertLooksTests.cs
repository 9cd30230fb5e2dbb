using AliveMcp.Dashboard.Tests.Looks;
using AliveMcp.Dashboard.Tests.Sites;
using Microsoft.Playwright;

namespace AliveMcp.Dashboard.Tests.Alerts;

/// <summary>The pages about alerts, looked at by a browser in both schemes: axe finds nothing, nothing overflows, a picture is kept as build output.</summary>
public sealed class AlertLooksTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Pages_have_no_axe_violation_and_fit_their_window(ColorScheme scheme)
    {
        await using var browser = await Browser.StartAsync(scheme);
        var look = new Look(browser.Page, scheme);
        var scene = await AlertScene.MakeAsync(site);
        await browser.EnterAsync(site.Urls[0], (await scene.PersonAsync()).Token);
        await EmptyAsync(look, scene);
        await IncidentsAsync(look, scene);
        await SinksAsync(look, scene);
        await RulesAsync(look, scene);
        await WatchedAsync(look, scene);

        Assert.True(look.Faults.Count == 0, string.Join(Environment.NewLine, look.Faults));
    }

    private async Task EmptyAsync(Look look, AlertScene scene)
    {
        foreach (var page in new[] { "incidents", "sinks", "rules", "maintenance" })
        {
            await OpenAsync(look, scene, page, page + "-empty");
        }
    }

    private async Task IncidentsAsync(Look look, AlertScene scene)
    {
        var server = await scene.ServerAsync();
        var sink = await scene.SinkAsync("ops");
        var pager = await scene.SinkAsync("on call", "verified_at = now(), failing_since = now()");
        var incident = await scene.IncidentAsync(server);
        await scene.IncidentAsync(
            server,
            kind: 3,
            severity: 2,
            ago: 300,
            summary: "Weather tools is down in 1 of 3 regions",
            lasted: 25
        );
        await scene.IncidentAsync(
            server,
            kind: 4,
            severity: 3,
            ago: 3_000,
            summary: "The contract of Weather tools changed: a tool is gone",
            lasted: 1
        );
        await scene.DeliveryAsync(sink, incident, "sent");
        await scene.DeliveryAsync(pager, incident, "waiting", tries: 3, status: 503);
        await scene.DeliveryAsync(pager, incident, "dead", tries: 14, status: 503);
        await OpenAsync(look, scene, "incidents?state=all", "incidents");
        await OpenAsync(look, scene, "incidents?state=open&kind=drift", "incidents-none");
        await OpenAsync(look, scene, $"incidents/{incident}", "incident");
        await look.Page.ClickAsync("text=Say it");
        await look.Page.FillAsync(
            "textarea",
            "The disk of the database is full. We are making room; the next word comes at 11:00."
        );
        await look.Page.ClickAsync("text=Say it");
        await look.Page.ClickAsync("text=Acknowledge");
        await look.AtAsync("incident-kept");
        await OpenAsync(look, scene, "incidents/new", "incident-new");
        await look.Page.FillAsync("#server", "nowhere");
        await look.Page.FillAsync("#summary", "Answers are wrong");
        await look.Page.ClickAsync("button.main");
        await look.AtAsync("incident-new-wrong");
    }

    private async Task SinksAsync(Look look, AlertScene scene)
    {
        await scene.SinkAsync("old channel", "disabled_at = now(), disabled_why = 'The address answered 410 Gone.'");
        await OpenAsync(look, scene, "sinks", "sinks");
        await OpenAsync(look, scene, "sinks/new", "sinks-kinds");
        await OpenAsync(look, scene, "sinks/new?kind=slack", "sinks-new");
        await look.Page.FillAsync("#name", "alerts");
        await look.Page.FillAsync("#url", "https://example.com/not-slack");
        await look.Page.ClickAsync("button.main");
        await look.AtAsync("sinks-new-wrong");
        await OpenAsync(look, scene, "sinks/new?kind=webhook", "sinks-new-webhook");
        await look.Page.FillAsync("#name", "our hook");
        await look.Page.FillAsync("#url", "https://hooks.example/alivemcp");
        await look.Page.ClickAsync("button.main");
        await look.AtAsync("sink-webhook-made");
        await OpenAsync(look, scene, "sinks", "sinks-list");
        await look.Page.ClickAsync("text=ops");
        await look.AtAsync("sink");
        await OpenAsync(look, scene, "sinks", "sinks-list");
        await look.Page.ClickAsync("text=on call");
        await look.AtAsync("sink-log");
    }

    private async Task RulesAsync(Look look, AlertScene scene)
    {
        await OpenAsync(look, scene, "rules/new", "rule-new");
        await look.Page.FillAsync("#name", "on call");
        await look.Page.FillAsync("#tags", "prod");
        await look.Page.CheckAsync("input[value=P1]");
        await look.Page.CheckAsync("input[value=P2]");
        await look.Page.CheckAsync("input[name=sinks_0] >> nth=0");
        await look.Page.FillAsync("#after_1", "5");
        await look.Page.CheckAsync("input[name=sinks_1] >> nth=1");
        await look.Page.FillAsync("#quiet_from", "22:00");
        await look.Page.FillAsync("#quiet_to", "07:00");
        await look.Page.FillAsync("#quiet_zone", "Berlin");
        await look.Page.ClickAsync("button.main");
        await look.AtAsync("rule-wrong");
        await look.Page.FillAsync("#quiet_zone", "Europe/Berlin");
        await look.Page.ClickAsync("button.main");
        await look.AtAsync("rules");
        await look.Page.ClickAsync("a.whole");
        await look.AtAsync("rule");
    }

    private async Task WatchedAsync(Look look, AlertScene scene)
    {
        await OpenAsync(look, scene, "maintenance", "maintenance-none");
        await look.Page.FillAsync("#which", "weather");
        await look.Page.FillAsync("#from", "2031-03-02T22:00");
        await look.Page.FillAsync("#to", "2031-03-02T23:30");
        await look.Page.FillAsync("#note", "Patches of the database");
        await look.Page.ClickAsync("button.main");
        await look.AtAsync("maintenance");
        await OpenAsync(look, scene, "servers/weather", "server");
        await look.Page.ClickAsync("summary");
        await look.AtAsync("server-kinds");
    }

    private Task OpenAsync(Look look, AlertScene scene, string path, string name) =>
        look.OpenAsync(site.Urls[0] + scene.At(path), name);
}
