using System.CommandLine;
using System.Globalization;
using AliveMcp.Cli.Install;
using AliveMcp.Cli.Sinks;
using AliveMcp.Vocabulary;

namespace AliveMcp.Cli.Rules;

/// <summary>Asks the install, and says what came of it.</summary>
internal sealed class RulesRun(InstallClient install, Terminal terminal)
{
    private const string Rules = "/api/v1/rules";

    public async Task ListAsync(CancellationToken cancellationToken)
    {
        var list = await install.AskAsync(
            HttpMethod.Get,
            Rules + "?take=1000",
            null,
            RuleJson.Default.RuleList,
            cancellationToken
        );
        if (list.Rules.Count == 0)
        {
            await terminal.Out.WriteLineAsync("There is none: every verified sink hears P1 to P3.");
        }

        var sinks = await SinksAsync(cancellationToken);
        foreach (var rule in list.Rules)
        {
            await terminal.Out.WriteLineAsync(LineOf(rule, sinks));
        }
    }

    public async Task ShowAsync(int id, CancellationToken cancellationToken) =>
        await ShowAsync(await FindAsync(id, cancellationToken), cancellationToken);

    public async Task AddAsync(string name, RuleFlags flags, ParseResult parsed, CancellationToken cancellationToken)
    {
        var sinks = await SinksAsync(cancellationToken);
        var wish = flags.Take(parsed, new RuleAnswer { Name = name, Steps = [] }, word => NumberOf(word, sinks));
        await SendAsync(HttpMethod.Post, Rules, wish, cancellationToken);
    }

    public async Task ChangeAsync(
        int id,
        string? name,
        RuleFlags flags,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var sinks = await SinksAsync(cancellationToken);
        var rule = await FindAsync(id, cancellationToken);
        var wish = flags.Take(parsed, rule with { Id = null, Name = name ?? rule.Name }, word => NumberOf(word, sinks));
        await SendAsync(HttpMethod.Put, PathOf(id), wish, cancellationToken);
    }

    public async Task RemoveAsync(int id, CancellationToken cancellationToken)
    {
        await install.AskAsync(HttpMethod.Delete, PathOf(id), null, SinkJson.Default.Done, cancellationToken);
        await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Rule {id} is removed."));
    }

    private async Task SendAsync(HttpMethod method, string path, RuleAnswer wish, CancellationToken cancellationToken)
    {
        var body = InstallClient.Json(wish, RuleJson.Default.RuleAnswer);
        var rule = await install.AskAsync(method, path, body, RuleJson.Default.RuleAnswer, cancellationToken);
        await ShowAsync(rule, cancellationToken);
    }

    private async Task ShowAsync(RuleAnswer rule, CancellationToken cancellationToken)
    {
        var sinks = await SinksAsync(cancellationToken);
        await terminal.Out.WriteLineAsync(LineOf(rule, sinks));
        (string Label, IReadOnlyList<string> Words)[] asked =
        [
            ("servers", rule.Match.Servers),
            ("tags", rule.Match.Tags),
            ("kinds", rule.Match.Kinds),
            ("severities", rule.Match.Severities),
            ("regions", rule.Match.Regions),
        ];
        foreach (var (label, words) in asked)
        {
            var shown = words.Count == 0 ? "all" : SafeText.Of(string.Join(", ", words), 1000);
            await terminal.Out.WriteLineAsync($"       {label, -10}  {shown}");
        }

        if (rule.QuietHours is { } quiet)
        {
            await terminal.Out.WriteLineAsync(
                $"       quiet       {SafeText.Of(quiet.From, 5)} to {SafeText.Of(quiet.To, 5)}, {SafeText.Of(quiet.Zone, 64)}, but for P1"
            );
        }

        foreach (var step in rule.Steps)
        {
            var when =
                step.AfterMinutes == 0
                    ? "at once"
                    : string.Create(CultureInfo.InvariantCulture, $"{step.AfterMinutes} min");
            await terminal.Out.WriteLineAsync($"       {when, -10}  {Named(step, sinks)}");
        }
    }

    private Task<RuleAnswer> FindAsync(int id, CancellationToken cancellationToken) =>
        install.AskAsync(HttpMethod.Get, PathOf(id), null, RuleJson.Default.RuleAnswer, cancellationToken);

    private async Task<IReadOnlyList<SinkAnswer>> SinksAsync(CancellationToken cancellationToken)
    {
        var list = await install.AskAsync(
            HttpMethod.Get,
            "/api/v1/sinks?take=1000",
            null,
            SinkJson.Default.SinkList,
            cancellationToken
        );
        return list.Sinks;
    }

    private static int NumberOf(string word, IReadOnlyList<SinkAnswer> sinks)
    {
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return sinks.FirstOrDefault(sink => sink.Name == word)?.Id
            ?? throw new CallFailedException(
                ExitCodes.Refused,
                $"There is no sink '{SafeText.Of(word, 120)}'. 'alivemcp sinks list' lists them."
            );
    }

    private static string LineOf(RuleAnswer rule, IReadOnlyList<SinkAnswer> sinks)
    {
        var ladder = string.Join(
            ", ",
            rule.Steps.Select(step =>
                step.AfterMinutes == 0
                    ? Named(step, sinks)
                    : string.Create(CultureInfo.InvariantCulture, $"after {step.AfterMinutes} min {Named(step, sinks)}")
            )
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rule.Id, 5}  {(rule.Enabled ? "on" : "off"), -3}  {SafeText.Of(rule.Name, 120)}  -> {ladder}"
        );
    }

    private static string Named(RuleStep step, IReadOnlyList<SinkAnswer> sinks) =>
        string.Join(
            " and ",
            step.Sinks.Select(id =>
                sinks.FirstOrDefault(sink => sink.Id == id) is { } sink
                    ? SafeText.Of(sink.Name, 120)
                    : string.Create(CultureInfo.InvariantCulture, $"sink {id}")
            )
        );

    private static string PathOf(int id) => string.Create(CultureInfo.InvariantCulture, $"{Rules}/{id}");
}
