using System.Globalization;
using System.Text.RegularExpressions;
using AliveMcp.Egress;
using AliveMcp.Vocabulary;
using Microsoft.Extensions.Configuration;

namespace AliveMcp.Prober;

/// <summary>All that a prober is told: sections <c>Prober</c> and <c>Egress</c>, by environment. It knows the desk and nothing else of ours.</summary>
public sealed partial class ProberOptions
{
    /// <summary>
    /// Where the desk is, for example <c>https://alive.example/prober/v1/</c>. <c>Prober__Desk</c>. Plain http, on which anybody between
    /// could read the token and every ticket, is taken for loopback alone, elsewhere with <c>Prober__AllowPlainHttp=true</c>.
    /// </summary>
    public required Uri Desk { get; init; }

    /// <summary>The region's token, at least 32 characters. <c>Prober__Token</c>.</summary>
    public required string Token { get; init; }

    /// <summary><c>Prober__Region</c>.</summary>
    public required Region Region { get; init; }

    /// <summary>Unique in its region, 1 to 64 of <c>A-Z a-z 0-9 . _ -</c>; by default the machine's name and the process's number. <c>Prober__Name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tickets of the shared lane in work at one time, 1 to 5,000; default 400. <c>Prober__InFlight</c>.</summary>
    public required int InFlight { get; init; }

    /// <summary>
    /// Processes for servers with credentials or in private ranges, each for one tenant at a time, 0 to 16; default 2.
    /// None: such tickets are left to other probers of the region. <c>Prober__IsolatedCells</c>.
    /// </summary>
    public int IsolatedCells { get; init; } = 2;

    /// <summary>Memory of an isolated cell, MiB, 32 to 65,536; default 256. <c>Prober__CellMemory</c>.</summary>
    public int CellMemory { get; init; } = 256;

    /// <summary>Memory of a shared cell, MiB, 32 to 65,536; default 1,024. <c>Prober__SharedCellMemory</c>.</summary>
    public int SharedCellMemory { get; init; } = 1024;

    /// <summary>Stop when standard input closes, that is when the parent is gone; default false. <c>Prober__ExitWithStdin</c>.</summary>
    public required bool ExitWithStdin { get; init; }

    /// <summary>
    /// At least three places that answer whenever our own network works, for example <c>https://example.com</c>: only host and port count.
    /// None (the default) switches the rule off. <c>Prober__References__0</c> and so on.
    /// </summary>
    public IReadOnlyList<Uri> References { get; init; } = [];

    /// <summary>
    /// Which addresses may be dialled: <c>Egress__Allow__0</c>, <c>Egress__AllowPrivate</c>, <c>Egress__AllowMetadata</c>; and from which
    /// of ours: <c>Prober__SourceAddress</c>.
    /// </summary>
    public required EgressOptions Egress { get; init; }

    /// <summary>Reads both sections; every fault at once, each naming its key and an example.</summary>
    public static Result<ProberOptions> Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Prober");
        var problems = new List<Problem>();
        var desk = ReadDesk(section, problems);
        var region = ReadRegion(section["Region"], problems);
        var egress = ReadEgress(configuration.GetSection("Egress"), section["SourceAddress"], problems);
        var references = ReadReferences(section.GetSection("References"), problems);
        var inFlight = ReadNumber(section, "InFlight", new(1, 5_000, 400), problems);
        var isolated = ReadNumber(section, "IsolatedCells", new(0, 16, 2), problems);
        var cellMemory = ReadNumber(section, "CellMemory", new(32, 65_536, 256), problems);
        var sharedMemory = ReadNumber(section, "SharedCellMemory", new(32, 65_536, 1_024), problems);
        var exits = ReadFlag("Prober:ExitWithStdin", section["ExitWithStdin"], problems);
        var token = section["Token"];
        if (token is not { Length: >= 32 and <= 256 })
        {
            problems.Add(
                Fault("Prober:Token", "is not 32 to 256 characters long: take the one that registering the region gave")
            );
        }

        var name = section["Name"] ?? DefaultName();
        if (!ShapeOfName().IsMatch(name))
        {
            problems.Add(
                Fault("Prober:Name", $"is '{SafeText.Of(name, 80)}': 1 to 64 of A-Z a-z 0-9 . _ -, for example local-1")
            );
        }

        return problems.Count > 0
            ? problems
            : new ProberOptions
            {
                Desk = desk!,
                Token = token!,
                Region = region,
                Name = name,
                InFlight = inFlight,
                IsolatedCells = isolated,
                CellMemory = cellMemory,
                SharedCellMemory = sharedMemory,
                ExitWithStdin = exits,
                References = references,
                Egress = egress,
            };
    }

    private static Uri? ReadDesk(IConfigurationSection section, List<Problem> problems)
    {
        var allowsPlain = ReadFlag("Prober:AllowPlainHttp", section["AllowPlainHttp"], problems);
        if (!Uri.TryCreate(section["Desk"], UriKind.Absolute, out var desk) || desk.Scheme is not ("https" or "http"))
        {
            problems.Add(
                Fault("Prober:Desk", "is not an http or https URL, for example https://alive.example/prober/v1/")
            );
            return null;
        }

        if (desk.Scheme == Uri.UriSchemeHttp && !desk.IsLoopback && !allowsPlain)
        {
            problems.Add(
                Fault(
                    "Prober:Desk",
                    $"is plain http to {SafeText.Of(desk.Host, 80)}, where the region's token and all tickets can be read on the way: "
                        + "give an https URL, or set Prober__AllowPlainHttp=true where the way is yours alone"
                )
            );
        }

        // Relative addresses are resolved below it only with a slash at its end.
        return desk.AbsolutePath.EndsWith('/') ? desk : new Uri(desk.AbsoluteUri + "/");
    }

    private static Region ReadRegion(string? text, List<Problem> problems)
    {
        if (!Region.TryParse(text, out var region))
        {
            problems.Add(Fault("Prober:Region", "is not a region's name, for example us-east"));
        }

        return region;
    }

    private static int ReadNumber(
        IConfigurationSection section,
        string name,
        (int Least, int Most, int Default) range,
        List<Problem> problems
    )
    {
        if (section[name] is not { } text)
        {
            return range.Default;
        }

        if (
            !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < range.Least
            || number > range.Most
        )
        {
            var allowed = $"a number from {range.Least} to {range.Most}, for example {range.Default}";
            problems.Add(Fault($"Prober:{name}", $"is '{SafeText.Of(text, 40)}': {allowed}"));
        }

        return number;
    }

    private static List<Uri> ReadReferences(IConfigurationSection section, List<Problem> problems)
    {
        var places = new List<Uri>();
        foreach (var child in section.GetChildren())
        {
            if (Uri.TryCreate(child.Value, UriKind.Absolute, out var place) && place.Scheme is "http" or "https")
            {
                places.Add(place);
                continue;
            }

            var key = $"Prober:References:{child.Key}";
            problems.Add(
                Fault(key, $"is '{SafeText.Of(child.Value ?? "", 80)}': a URL, for example https://example.com")
            );
        }

        places = [.. places.DistinctBy(place => (place.IdnHost, place.Port))];
        if (places.Count > 0 && places.Count < Fitness.References.Fewest)
        {
            problems.Add(
                Fault(
                    "Prober:References",
                    $"names {places.Count} different places: give at least {Fitness.References.Fewest}, or none"
                )
            );
        }

        return places;
    }

    internal static EgressOptions ReadEgress(IConfigurationSection section, string? source, List<Problem> problems)
    {
        var options = new EgressOptions
        {
            Allow = [.. section.GetSection("Allow").GetChildren().Select(child => child.Value ?? "")],
            AllowPrivate = ReadFlag("Egress:AllowPrivate", section["AllowPrivate"], problems),
            AllowMetadata = ReadFlag("Egress:AllowMetadata", section["AllowMetadata"], problems),
            SourceAddress = string.IsNullOrEmpty(source) ? null : source,
        };
        problems.AddRange(options.Problems());
        return options;
    }

    private static bool ReadFlag(string key, string? text, List<Problem> problems)
    {
        if (text is not null && !bool.TryParse(text, out _))
        {
            problems.Add(Fault(key, $"is '{SafeText.Of(text, 40)}': true or false"));
        }

        return text is not null && bool.TryParse(text, out var flag) && flag;
    }

    private static Problem Fault(string key, string what) => new("setting_invalid", $"{key} {what}.", key);

    private static string DefaultName()
    {
        var name = NotOfName().Replace($"{Environment.MachineName}-{Environment.ProcessId}", "-");
        return name.Length > 64 ? name[^64..] : name;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ShapeOfName();

    [GeneratedRegex("[^A-Za-z0-9._-]", RegexOptions.NonBacktracking)]
    private static partial Regex NotOfName();
}
