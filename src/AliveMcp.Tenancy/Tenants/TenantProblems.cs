using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>The ways in which making and naming a tenant fails.</summary>
internal static class TenantProblems
{
    public static Problem SlugInvalid { get; } =
        new(
            "slug_invalid",
            "A slug has 2 to 63 of a-z, 0-9 and -, begins and ends with a letter or digit; for example acme.",
            "slug"
        );

    public static Problem SlugTaken { get; } = new("slug_taken", "That slug is taken; choose another one.", "slug");

    public static Problem NameInvalid { get; } =
        new("name_invalid", "A name has 1 to 80 characters that can be read; for example Acme Ltd.", "name");

    public static Problem TooMany { get; } = new("tenant_too_many", "Too many new tenants. Go on tomorrow.");

    /// <summary>She owns as many as one may.</summary>
    public static Problem Limit(int most) =>
        new("tenants_limit", $"One person may own {most} tenants here. Hand one over or leave one first.");

    public static Problem OfTheInstall { get; } =
        new("tenant_invalid", "That tenant belongs to the install: its listings are paused one by one.", "tenant");

    public static Problem NotFound(string slug) =>
        new("tenant_not_found", $"There is no tenant '{SafeText.Of(slug, 63)}'.", "tenant");

    public static Problem ReasonInvalid(int longest) =>
        new("reason_invalid", $"Say why, in 1 to {longest} visible characters: the tenant reads it.", "reason");
}
