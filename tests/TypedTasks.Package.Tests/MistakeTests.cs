namespace TypedTasks.Package.Tests;

/// <summary>What a build says when something is wrong with the packages, the compiler or a contract.</summary>
public sealed class MistakeTests(Feed feed)
{
    private const string Later = "99.0.0";

    [Fact]
    public async Task A_mistaken_contract_is_reported_with_the_address_of_its_page()
    {
        Assert.SkipUnless(Path.Exists(Path.Combine(Repository.Root, ".git")), "This is no git clone: there is no commit whose page could be named.");
        Project project = await ContractsAsync();
        await project.WriteAsync("Contract.cs", Sources.Contract.Replace("Task<string> SendAsync", "string Send", StringComparison.Ordinal));
        Ran build = (await project.BuildAsync()).FailedWith("error TT102");
        Assert.Matches($@"\({Feed.Address}/blob/[0-9a-f]{{40}}/analyzers/rules/TT102\.md\)", build.Output);
    }

    [Fact]
    public async Task Packages_of_different_versions_in_one_project_are_refused()
    {
        Project project = await ContractsAsync();
        await project.EditAsync("</Project>", $"""
              <PropertyGroup><RestoreAdditionalProjectSources>{await LaterAsync(project)}</RestoreAdditionalProjectSources></PropertyGroup>
              <ItemGroup><PackageReference Include="TypedTasks.Redis" Version="{Later}" NoWarn="NU1605" /></ItemGroup>
            </Project>
            """);
        (await project.BuildAsync("-p:NoWarn=NU1605")).FailedWith("error TTB001: The TypedTasks packages have different versions");
    }

    [Fact]
    public async Task Packages_of_different_versions_in_one_solution_are_refused()
    {
        Project contracts = await ContractsAsync();
        Project program = await feed.NewAsync("console", "Program", Path.GetDirectoryName(contracts.Folder), "Microsoft.Extensions.Hosting");
        await program.AddReferenceAsync("Contracts");
        await program.EditAsync("</Project>", $"""
              <PropertyGroup><RestoreAdditionalProjectSources>{await LaterAsync(contracts)}</RestoreAdditionalProjectSources></PropertyGroup>
              <ItemGroup><PackageReference Include="TypedTasks" Version="{Later}" /></ItemGroup>
            </Project>
            """);
        (await program.BuildAsync()).FailedWith(
            $"error TTB005: This project has TypedTasks {Later}, and projects that it refers to have another version: Contracts {Feed.Version}. " +
            "What was generated for a contract belongs to its version: give all projects of the solution the same one, and build them again.");

        // What it says to do helps.
        await program.EditAsync($"Version=\"{Later}\"", $"Version=\"{Feed.Version}\"");
        (await program.BuildAsync()).Succeeded();
    }

    [Fact]
    public async Task An_old_compiler_is_named() =>
        (await (await ContractsAsync()).BuildAsync("-p:CompilerApiVersion=roslyn4.8")).FailedWith("error TTB002: The compiler of .NET SDK");

    [Fact]
    public async Task An_old_language_version_is_named() =>
        (await (await ContractsAsync()).BuildAsync("-p:LangVersion=11.0")).FailedWith("error TTB003: The code that TypedTasks generates needs C# 12");

    [Fact]
    public async Task The_oldest_language_version_that_is_allowed_compiles() => (await (await ContractsAsync()).BuildAsync("-p:LangVersion=12.0")).Succeeded();

    [Theory]
    [InlineData("TypedTasks")]
    [InlineData("TypedTasks.Redis")]
    public async Task An_older_framework_is_told_which_one_is_needed(string package)
    {
        Project project = await ContractsAsync();
        await project.EditAsync("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>");
        await project.EditAsync("<PackageReference Include=\"TypedTasks\"", $"<PackageReference Include=\"{package}\"");
        (await project.BuildAsync()).FailedWith($"error NU1202: Package {package} {Feed.Version} is not compatible with net9.0");
    }

    [Fact]
    public async Task A_project_without_the_generator_is_told_what_to_do()
    {
        Project project = await ContractsAsync();
        const string Remove = """
              <Target Name="RemoveGenerator" AfterTargets="AddTypedTasksAnalyzers" BeforeTargets="CheckTypedTasks">
                <ItemGroup><Analyzer Remove="@(Analyzer)" Condition="'%(Filename)' == 'TypedTasks.Generator'" /></ItemGroup>
              </Target>
            </Project>
            """;
        await project.EditAsync("</Project>", Remove);
        (await project.BuildAsync()).FailedWith("error TTB004: The TypedTasks generator was taken out");
        (await project.BuildAsync("-p:TypedTasksGenerator=false")).Succeeded();
    }

    // A feed with packages of a later version.
    private async Task<string> LaterAsync(Project project)
    {
        string folder = Path.Combine(project.Folder, "feed");
        await feed.PackAsync(folder, "--no-build", Later);
        return folder;
    }

    private async Task<Project> ContractsAsync()
    {
        Project project = await feed.NewAsync("classlib", "Contracts", null, "TypedTasks");
        File.Delete(Path.Combine(project.Folder, "Class1.cs"));
        await project.WriteAsync("Contract.cs", Sources.Contract);
        return project;
    }
}
