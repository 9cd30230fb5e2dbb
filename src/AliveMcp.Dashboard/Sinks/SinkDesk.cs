using System.Globalization;
using AliveMcp.Alerting.Deliveries;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Sinks;

/// <summary>What every form of a sink's page comes to: the page anew, the page with what is told once, or the page that says why not.</summary>
internal sealed record SinkDesk(HttpContext Http, SinkQueries Sinks, DeliveryQueries Deliveries, PageRenderer Pages)
{
    private const int Take = 25;

    /// <summary>An act was done, or refused.</summary>
    public async Task<IResult> AnswerAsync(int id, Result<SeenSink> acted, string done) =>
        acted.TryGet(out var sink) ? await AnswerAsync(sink, done) : await PageAsync(id, acted.Problems);

    /// <summary>What is told once is the answer itself; all else is a page that can be asked for again.</summary>
    public async Task<IResult> AnswerAsync(SeenSink sink, string done) =>
        sink.Secret is null && sink.Proof?.DnsName is null
            ? Http.Go(Http.GroundOf().At($"sinks/{sink.Id}"), done)
            : await ShowAsync(sink, []);

    public async Task<IResult> PageAsync(int id, IReadOnlyList<Problem> problems) =>
        await Sinks.FindAsync(id, Http.RequestAborted) is { } sink
            ? await ShowAsync(problems.Count > 0 ? WithRecord(sink) : sink, problems)
            : Results.NotFound();

    private async Task<IResult> ShowAsync(SeenSink sink, IReadOnlyList<Problem> problems)
    {
        var before = long.TryParse(
            Http.Request.Query["before"],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var asked
        )
            ? asked
            : long.MaxValue;
        var filter = new DeliveryFilter
        {
            Before = before,
            Take = Take,
            Sink = sink.Id,
        };
        var log = await Deliveries.PageAsync(filter, Http.RequestAborted);
        var offer = Sinks.Offer(sink.Kind) ?? new OfferedSink(sink.Kind, []);
        var ground = Http.GroundOf([.. problems.Select(problem => SinkEndpoints.OnPage(problem, offer))]);
        var view = new SinkView(ground, sink, offer, log, log.Count == Take ? log[^1].Id : null);
        return await Pages.ShowAsync<SinkPage>(
            problems.Count == 0 ? view : view with { Typed = Http.Request.Form.TypedOf(offer) },
            PageGround.StatusOf(problems)
        );
    }

    /// <summary>We do not keep the record that proves a webhook's host; its form brings what its page showed, so that it can be shown again.</summary>
    private SeenSink WithRecord(SeenSink sink)
    {
        var form = Http.Request.Form;
        return sink.Proof is { } proof && form.Text("dns_value").Length > 0
            ? sink with
            {
                Proof = proof with
                {
                    DnsName = form.Text("dns_name"),
                    DnsValue = form.Text("dns_value"),
                    FileUrl = form.Text("file_url"),
                    FileBody = form.Text("file_body"),
                },
            }
            : sink;
    }
}
