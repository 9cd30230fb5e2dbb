using AliveMcp.Egress;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AliveMcp.Servers.Files;

/// <summary>The guard by which literal addresses are refused when they are registered: section <c>Egress</c>, the same that opens ranges for the probers.</summary>
internal static class RegistrationGuard
{
    /// <exception cref="OptionsValidationException">The section has faults; all of them at once.</exception>
    public static EgressGuard From(IConfiguration? configuration)
    {
        var options = Read(configuration);
        var problems = options.Problems();
        return problems.Count == 0
            ? new EgressGuard(options)
            : throw Refuse(problems.Select(problem => problem.Message));
    }

    private static EgressOptions Read(IConfiguration? configuration)
    {
        try
        {
            return configuration?.GetSection("Egress").Get<EgressOptions>() ?? new EgressOptions();
        }
        catch (InvalidOperationException fault)
        {
            throw Refuse([fault.Message]);
        }
    }

    private static OptionsValidationException Refuse(IEnumerable<string> faults) =>
        new("Egress", typeof(EgressOptions), faults);
}
